package chat.chatto.core.notification;

import java.util.Optional;
import java.util.stream.Stream;

/** Why somebody is notified, the most specific first. */
public enum Cause {
    DIRECT_MESSAGE("directMessage", Mode.ALERT),
    /** By name. */
    MENTION("mention", Mode.ALERT),
    /** An answer to a message of theirs. */
    REPLY("reply", Mode.ALERT),
    ROLE_MENTION("roleMention", Mode.ALERT),
    HERE("here", Mode.ALERT),
    ALL("all", Mode.ALERT),
    /** A reply in a thread they follow. */
    THREAD("thread", Mode.SILENT),
    /** Any message of a room. */
    ROOM("room", Mode.OFF),
    /** To a message of theirs. */
    REACTION("reaction", Mode.SILENT);

    private final String text;
    private final Mode standard;

    Cause(String text, Mode standard) {
        this.text = text;
        this.standard = standard;
    }

    /** The name that clients know. */
    public String text() {
        return text;
    }

    /** What holds for those who wished nothing else. */
    public Mode standard() {
        return standard;
    }

    /** The cause of that name. */
    public static Optional<Cause> of(String text) {
        return Stream.of(values()).filter(cause -> cause.text.equals(text)).findFirst();
    }
}
