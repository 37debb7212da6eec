package chat.chatto.core.timeline;

import java.util.List;

/**
 * The outcome of editing.
 *
 * @param unreached whom the message calls in vain now
 */
public record Edited(Message message, List<UnreachedMention> unreached) {

    public Edited {
        unreached = List.copyOf(unreached);
    }
}
