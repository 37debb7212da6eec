package chat.chatto.core.timeline;

import java.util.List;

/**
 * Consecutive messages of a timeline, ascending.
 *
 * @param head the ordinal of the timeline's newest message, -1 when it has none
 */
public record MessagePage(List<Message> messages, long head) {

    public MessagePage {
        messages = List.copyOf(messages);
    }

    public boolean hasOlder() {
        return !messages.isEmpty() && messages.getFirst().ordinal() > 0;
    }

    public boolean hasNewer() {
        return !messages.isEmpty() && messages.getLast().ordinal() < head;
    }
}
