package chat.chatto.core.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that can be allowed and denied, by the names that operators and clients know. */
public enum Permission {
    SERVER_MANAGE(
            "server.manage",
            Reach.SERVER,
            "Change the server's settings, groups of rooms and emoji"),
    ROOM_CREATE("room.create", Reach.GROUP, "Make rooms"),
    ROOM_JOIN("room.join", Reach.ROOM, "Join rooms"),
    ROOM_LIST("room.list", Reach.ROOM, "See rooms one does not belong to"),
    ROOM_MANAGE("room.manage", Reach.ROOM, "Change, archive and pin, and add people"),
    ROOM_BAN_MEMBER("room.ban-member", Reach.ROOM, "Remove people from rooms and keep them out"),
    MESSAGE_POST("message.post", Reach.ROOM, "Post into rooms"),
    MESSAGE_POST_IN_THREAD("message.post-in-thread", Reach.ROOM, "Reply in threads"),
    MESSAGE_ATTACH("message.attach", Reach.ROOM, "Post files"),
    MESSAGE_MANAGE("message.manage", Reach.ROOM, "Delete what others wrote"),
    MESSAGE_REACT("message.react", Reach.ROOM, "Put reactions under messages"),
    MESSAGE_ECHO("message.echo", Reach.ROOM, "Show replies in the room too"),
    ROLE_MANAGE(
            "role.manage",
            Reach.SERVER,
            "Make, change and delete roles, and what they allow and deny"),
    ROLE_ASSIGN("role.assign", Reach.SERVER, "Give people roles and take them away"),
    ADMIN_VIEW_USERS("admin.view-users", Reach.SERVER, "See all accounts and their roles"),
    ADMIN_VIEW_AUDIT("admin.view-audit", Reach.SERVER, "See who changed what"),
    USER_DELETE_ANY("user.delete-any", Reach.SERVER, "Delete other people's accounts"),
    USER_DELETE_SELF("user.delete-self", Reach.SERVER, "Delete one's own account"),
    USER_INVITE("user.invite", Reach.SERVER, "Invite people"),
    USER_MANAGE_ACCOUNTS("user.manage-accounts", Reach.SERVER, "Change other people's accounts"),
    USER_MANAGE_PERMISSIONS(
            "user.manage-permissions", Reach.SERVER, "Allow and deny things to single people"),
    BOT_CREATE("bot.create", Reach.SERVER, "Make bots"),
    BOT_MANAGE("bot.manage", Reach.SERVER, "Manage other people's bots");

    private static final Map<String, Permission> BY_TEXT =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Permission::text, Function.identity()));

    private static final List<Permission> OF_ROOMS =
            Arrays.stream(values()).filter(permission -> permission.reach == Reach.ROOM).toList();

    private final String text;
    private final Reach reach;
    private final String description;

    /** How near to a room a permission can be allowed and denied. */
    private enum Reach {
        SERVER,
        GROUP,
        ROOM
    }

    Permission(String text, Reach reach, String description) {
        this.text = text;
        this.reach = reach;
        this.description = description;
    }

    /** The permission of this name, as in {@code message.post}. */
    public static Optional<Permission> named(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /** All that can be allowed and denied in single rooms. */
    public static List<Permission> ofRooms() {
        return OF_ROOMS;
    }

    /** The name, as in {@code message.post}. */
    public String text() {
        return text;
    }

    /** What the permission is about: the name's part before the dot. */
    public String category() {
        return text.substring(0, text.indexOf('.'));
    }

    /** What it permits, in a few words for people. */
    public String description() {
        return description;
    }

    /** Whether it can be allowed and denied there. */
    public boolean in(Scope scope) {
        return switch (scope) {
            case Scope.Server() -> true;
            case Scope.Group _ -> reach != Reach.SERVER;
            case Scope.OfRoom _ -> reach == Reach.ROOM;
        };
    }

    /** The kinds of scopes where it can be allowed and denied, by name. */
    public List<String> scopes() {
        return Arrays.stream(Reach.values())
                .filter(each -> each.compareTo(reach) <= 0)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }

    /** One bit for each permission; never stored. */
    @SuppressWarnings("EnumOrdinal")
    int bit() {
        return 1 << ordinal();
    }
}
