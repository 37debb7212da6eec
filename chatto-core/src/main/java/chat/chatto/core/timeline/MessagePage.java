package chat.chatto.core.timeline;

import java.util.List;
import java.util.OptionalLong;

/**
 * Consecutive messages of a timeline, ascending.
 *
 * @param head the ordinal of the timeline's newest message, -1 when it has none
 * @param anchor when the page was asked for by a time: the ordinal of the first message at that time or later; empty when there is none
 */
public record MessagePage(List<Message> messages, long head, OptionalLong anchor) {

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
