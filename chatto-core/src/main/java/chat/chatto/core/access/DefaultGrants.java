package chat.chatto.core.access;

import static chat.chatto.core.access.Permission.*;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The roles of a new server, and what they allow. An operator may change it all; it is never put back. */
final class DefaultGrants {

    static final List<Role> ROLES =
            List.of(
                    new Role(RoleId.OWNER, "Owner", "Everything is permitted to owners.", false, 0),
                    new Role(RoleId.ADMIN, "Admin", "Administrators run the server.", false, 1),
                    new Role(
                            RoleId.MODERATOR,
                            "Moderator",
                            "Moderators keep conversations civil.",
                            true,
                            2),
                    new Role(
                            RoleId.EVERYONE,
                            "Everyone",
                            "What holds for every person on the server.",
                            false,
                            3));

    private static final Map<RoleId, List<Permission>> ALLOWED =
            Map.of(
                    RoleId.EVERYONE,
                    List.of(
                            USER_DELETE_SELF,
                            ROOM_CREATE,
                            ROOM_LIST,
                            ROOM_JOIN,
                            MESSAGE_POST,
                            MESSAGE_POST_IN_THREAD,
                            MESSAGE_ATTACH,
                            MESSAGE_REACT,
                            MESSAGE_ECHO,
                            BOT_CREATE),
                    RoleId.MODERATOR,
                    List.of(MESSAGE_MANAGE, ROOM_BAN_MEMBER),
                    RoleId.ADMIN,
                    List.of(
                            SERVER_MANAGE,
                            USER_INVITE,
                            ROOM_CREATE,
                            ROOM_JOIN,
                            ROOM_LIST,
                            ROOM_MANAGE,
                            ROOM_BAN_MEMBER,
                            MESSAGE_MANAGE,
                            ROLE_MANAGE,
                            ROLE_ASSIGN,
                            ADMIN_VIEW_USERS,
                            ADMIN_VIEW_AUDIT,
                            USER_DELETE_ANY,
                            USER_DELETE_SELF,
                            USER_MANAGE_ACCOUNTS,
                            USER_MANAGE_PERMISSIONS,
                            BOT_MANAGE));

    private DefaultGrants() {}

    static Stream<Grant> onServer() {
        Scope server = new Scope.Server();
        return Stream.of(RoleId.EVERYONE, RoleId.MODERATOR, RoleId.ADMIN)
                .flatMap(
                        role ->
                                ALLOWED.getOrDefault(role, List.of()).stream()
                                        .map(
                                                permission ->
                                                        GrantRecords.to(
                                                                role,
                                                                permission,
                                                                Effect.ALLOW,
                                                                server)));
    }
}
