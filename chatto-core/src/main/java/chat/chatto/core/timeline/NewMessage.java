package chat.chatto.core.timeline;

import java.util.OptionalLong;

/**
 * What somebody wants to post.
 *
 * @param body Markdown, 1 to {@value #BODY_CHARACTERS} characters (Unicode code points)
 * @param replyTo the ordinal, in the same timeline, of the message that is answered
 * @param threadRoot the ordinal, in the main line, of the thread to reply in; empty posts to the main line
 * @param alsoToRoom whether a thread reply is echoed to the main line
 */
public record NewMessage(
        String body, OptionalLong replyTo, OptionalLong threadRoot, boolean alsoToRoom) {

    /** The longest body, in code points. */
    public static final int BODY_CHARACTERS = 10_000;

    /** A plain message to the main line. */
    public static NewMessage of(String body) {
        return new NewMessage(body, OptionalLong.empty(), OptionalLong.empty(), false);
    }

    /** A reply in a thread. */
    public static NewMessage reply(long threadRoot, String body) {
        return new NewMessage(body, OptionalLong.empty(), OptionalLong.of(threadRoot), false);
    }
}
