package chat.chatto.core.access;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredEffect;
import chat.chatto.core.stored.v1.StoredGrant;
import chat.chatto.core.stored.v1.StoredGrants;
import chat.chatto.core.stored.v1.StoredRole;
import chat.chatto.core.stored.v1.StoredRoles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How roles and grants are written down in SERVER. What a newer server wrote and this one does not understand counts for nothing here. */
final class AccessRecords {

    /** Kinds of entities. */
    static final String ROLE = "role";

    static final String ROLES_OF = "roles-of";
    static final String GRANTS = "grants";

    private static final String SERVER = "server";
    private static final String GROUP = "group.";
    private static final String ROOM = "room.";

    private AccessRecords() {}

    static String roleKey(RoleId role) {
        return ServerBucket.entity(ROLE, role.value().replace('.', '='));
    }

    static String rolesOfKey(UserId user) {
        return ServerBucket.entity(ROLES_OF, user.value());
    }

    static String grantsKey(Scope scope) {
        String id =
                switch (scope) {
                    case Scope.Server() -> SERVER;
                    case Scope.Group(GroupId group) -> GROUP + group;
                    case Scope.OfRoom(RoomId room) -> ROOM + room;
                };
        return ServerBucket.entity(GRANTS, id);
    }

    static RoleId role(String key) {
        return new RoleId(ServerBucket.id(key).replace('=', '.'));
    }

    static Scope scope(String key) {
        String id = ServerBucket.id(key);
        if (id.startsWith(ROOM)) {
            return new Scope.OfRoom(new RoomId(id.substring(ROOM.length())));
        }
        if (id.startsWith(GROUP)) {
            return new Scope.Group(new GroupId(id.substring(GROUP.length())));
        }
        if (id.equals(SERVER)) {
            return new Scope.Server();
        }
        throw new IllegalArgumentException("Not a scope: " + id);
    }

    static Role role(RoleId id, StoredRole stored) {
        return new Role(
                id,
                stored.getDisplayName().isEmpty() ? id.value() : stored.getDisplayName(),
                stored.getDescription(),
                stored.getPingable(),
                stored.getPosition());
    }

    static List<RoleId> roles(StoredRoles stored) {
        return stored.getRolesList().stream()
                .filter(RoleId::possible)
                .map(RoleId::new)
                .distinct()
                .toList();
    }

    static List<Grant> grants(Scope scope, StoredGrants stored) {
        List<Grant> grants = new ArrayList<>(stored.getGrantsCount());
        for (StoredGrant each : stored.getGrantsList()) {
            grant(scope, each).ifPresent(grants::add);
        }
        return grants;
    }

    /** Empty for what this server does not understand. */
    static Optional<Grant> grant(Scope scope, StoredGrant stored) {
        Optional<Subject> subject = subject(stored);
        Optional<Effect> effect = effect(stored.getEffect());
        Optional<Permission> permission = Permission.named(stored.getPermission());
        return subject.isPresent()
                        && effect.isPresent()
                        && permission.isPresent()
                        && permission.get().in(scope)
                ? Optional.of(new Grant(scope, subject.get(), permission.get(), effect.get()))
                : Optional.empty();
    }

    private static Optional<Subject> subject(StoredGrant stored) {
        return switch (stored.getSubjectCase()) {
            case ROLE ->
                    RoleId.possible(stored.getRole())
                            ? Optional.of(new Subject.OfRole(new RoleId(stored.getRole())))
                            : Optional.empty();
            case USER -> Optional.of(new Subject.OfUser(new UserId(stored.getUser())));
            case SUBJECT_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<Effect> effect(StoredEffect stored) {
        return switch (stored) {
            case STORED_EFFECT_ALLOW -> Optional.of(Effect.ALLOW);
            case STORED_EFFECT_DENY -> Optional.of(Effect.DENY);
            case STORED_EFFECT_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    static StoredGrant stored(Grant grant) {
        StoredGrant.Builder stored =
                StoredGrant.newBuilder()
                        .setPermission(grant.permission().text())
                        .setEffect(
                                switch (grant.effect()) {
                                    case ALLOW -> StoredEffect.STORED_EFFECT_ALLOW;
                                    case DENY -> StoredEffect.STORED_EFFECT_DENY;
                                });
        return switch (grant.subject()) {
            case Subject.OfRole(RoleId role) -> stored.setRole(role.value()).build();
            case Subject.OfUser(UserId user) -> stored.setUser(user.value()).build();
        };
    }

    static byte[] grants(Stream<Grant> grants) {
        return StoredGrants.newBuilder()
                .setFormat(FORMAT)
                .addAllGrants(grants.map(AccessRecords::stored).toList())
                .build()
                .toByteArray();
    }
}
