package chat.chatto.core.timeline;

import java.util.List;

/**
 * The outcome of posting.
 *
 * @param repeated whether an earlier attempt with the same idempotency key had already posted the message
 * @param unreached whom it calls in vain
 */
public record Posted(Message message, boolean repeated, List<UnreachedMention> unreached) {

    public Posted {
        unreached = List.copyOf(unreached);
    }
}
