package chat.chatto.core.access;

import chat.chatto.core.account.User;

import java.util.List;

/** What a person may do on the whole server, by the names that operators and clients know. */
public final class Permissions {

    private static final List<String> EVERYONE =
            List.of(
                    "message.post",
                    "message.post-in-thread",
                    "message.react",
                    "room.create",
                    "room.join",
                    "room.list");
    private static final List<String> OWNER =
            List.of(
                    "message.manage",
                    "message.post",
                    "message.post-in-thread",
                    "message.react",
                    "room.create",
                    "room.join",
                    "room.list",
                    "room.manage");

    private Permissions() {}

    /** The names of a person's permissions, in alphabetical order. */
    public static List<String> of(User user) {
        return user.owner() ? OWNER : EVERYONE;
    }
}
