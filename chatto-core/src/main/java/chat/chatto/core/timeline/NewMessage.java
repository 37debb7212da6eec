package chat.chatto.core.timeline;

import chat.chatto.core.asset.AssetId;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody wants to post.
 *
 * @param body Markdown, 1 to {@value #BODY_CHARACTERS} characters (Unicode code points); may be empty where something is forwarded
 *     or attached
 * @param replyTo the ordinal, in the same timeline, of the message that is answered
 * @param threadRoot the ordinal, in the main line, of the thread to reply in; empty posts to the main line
 * @param alsoToRoom whether the main line shows a thread reply, too
 * @param forward a message, perhaps of another room, of which a copy is carried along
 * @param attachments files that the author uploaded for the room, at most {@value #ATTACHMENTS}, each for one message
 */
public record NewMessage(
        String body,
        OptionalLong replyTo,
        OptionalLong threadRoot,
        boolean alsoToRoom,
        Optional<MessageAddress> forward,
        List<AssetId> attachments) {

    /** The longest body, in code points. */
    public static final int BODY_CHARACTERS = 10_000;

    /** The most files that one message carries. */
    public static final int ATTACHMENTS = 10;

    public NewMessage {
        attachments = List.copyOf(attachments);
    }

    /** Without attachments. */
    public NewMessage(
            String body,
            OptionalLong replyTo,
            OptionalLong threadRoot,
            boolean alsoToRoom,
            Optional<MessageAddress> forward) {
        this(body, replyTo, threadRoot, alsoToRoom, forward, List.of());
    }

    /** A plain message to the main line. */
    public static NewMessage of(String body) {
        return new NewMessage(
                body, OptionalLong.empty(), OptionalLong.empty(), false, Optional.empty());
    }

    /** A message to the main line that carries files. */
    public static NewMessage carrying(String body, List<AssetId> attachments) {
        return new NewMessage(
                body,
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                Optional.empty(),
                attachments);
    }

    /** A reply in a thread. */
    public static NewMessage reply(long threadRoot, String body) {
        return new NewMessage(
                body, OptionalLong.empty(), OptionalLong.of(threadRoot), false, Optional.empty());
    }

    /** A reply in a thread that the main line shows, too. */
    public static NewMessage replyToAll(long threadRoot, String body) {
        return new NewMessage(
                body, OptionalLong.empty(), OptionalLong.of(threadRoot), true, Optional.empty());
    }

    /** A copy of a message for the main line, with nothing beside it. */
    public static NewMessage forward(MessageAddress source) {
        return new NewMessage(
                "", OptionalLong.empty(), OptionalLong.empty(), false, Optional.of(source));
    }
}
