package chat.chatto.http.wire;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.access.Decision;
import chat.chatto.core.access.Effect;
import chat.chatto.core.access.Grant;
import chat.chatto.core.access.Grants;
import chat.chatto.core.access.Permission;
import chat.chatto.core.access.Role;
import chat.chatto.core.access.RoleId;
import chat.chatto.core.access.Roles;
import chat.chatto.core.access.Scope;
import chat.chatto.core.access.Subject;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.RoomId;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** Roles, grants and their explanation as JSON. Safe for use by many threads. */
public final class AccessJson {

    private static final Name PERMISSIONS = Name.of("permissions");
    private static final Name NAME = Name.of("name");
    private static final Name CATEGORY = Name.of("category");
    private static final Name DESCRIPTION = Name.of("description");
    private static final Name SCOPES = Name.of("scopes");
    private static final Name ROLES = Name.of("roles");
    private static final Name ID = Name.of("id");
    private static final Name DISPLAY_NAME = Name.of("displayName");
    private static final Name PINGABLE = Name.of("pingable");
    private static final Name POSITION = Name.of("position");
    private static final Name SYSTEM = Name.of("system");
    private static final Name MEMBER_COUNT = Name.of("memberCount");
    private static final Name MEMBERS = Name.of("members");
    private static final Name NEXT_CURSOR = Name.of("nextCursor");
    private static final Name SCOPE = Name.of("scope");
    private static final Name GRANTS = Name.of("grants");
    private static final Name SUBJECT = Name.of("subject");
    private static final Name PERMISSION = Name.of("permission");
    private static final Name EFFECT = Name.of("effect");
    private static final Name USER = Name.of("user");
    private static final Name ALLOWED = Name.of("allowed");
    private static final Name REASON = Name.of("reason");
    private static final Name TEXT = Name.of("text");
    private static final Name DECIDED_BY = Name.of("decidedBy");
    private static final Name CONSIDERED = Name.of("considered");

    private static final String OF_ROLE = "role:";
    private static final String OF_USER = "user:";
    private static final String IN_GROUP = "group:";
    private static final String IN_ROOM = "room:";

    private final Roles roles;
    private final UserJson users;

    @Inject
    public AccessJson(Roles roles, UserJson users) {
        this.roles = roles;
        this.users = users;
    }

    /** Everything that can be allowed and denied. */
    public static JsonOutput permissions() {
        JsonOutput json = new JsonOutput(4096);
        json.beginObject().name(PERMISSIONS).beginArray();
        for (Permission permission : Permission.values()) {
            json.beginObject()
                    .field(NAME, permission.text())
                    .field(CATEGORY, permission.category())
                    .field(DESCRIPTION, permission.description())
                    .name(SCOPES)
                    .beginArray();
            permission.scopes().forEach(json::value);
            json.endArray().endObject();
        }
        return json.endArray().endObject();
    }

    public JsonOutput roles(List<Role> list) {
        JsonOutput json = new JsonOutput(64 + 256 * list.size());
        json.beginObject().name(ROLES).beginArray();
        list.forEach(role -> write(json, role));
        return json.endArray().endObject();
    }

    public JsonOutput role(Role role) {
        JsonOutput json = new JsonOutput();
        write(json, role);
        return json;
    }

    public static JsonOutput roleIds(List<RoleId> ids) {
        JsonOutput json = new JsonOutput(64);
        json.beginObject().name(ROLES).beginArray();
        ids.forEach(role -> json.value(role.value()));
        return json.endArray().endObject();
    }

    public JsonOutput members(Slice<User> members) {
        JsonOutput json = new JsonOutput(64 + 160 * members.items().size());
        json.beginObject().name(MEMBERS).beginArray();
        members.items().forEach(user -> users.write(json, user));
        return json.endArray().optional(NEXT_CURSOR, members.nextCursor()).endObject();
    }

    public static JsonOutput grants(Scope scope, List<Grant> grants) {
        JsonOutput json = new JsonOutput(64 + 128 * grants.size());
        json.beginObject().field(SCOPE, scope.toString()).name(GRANTS).beginArray();
        grants.forEach(grant -> write(json, grant));
        return json.endArray().endObject();
    }

    public JsonOutput explanation(
            UserId user, Permission permission, Scope scope, Grants.Explained explained) {
        JsonOutput json = new JsonOutput(512);
        json.beginObject()
                .field(USER, user.value())
                .field(PERMISSION, permission.text())
                .field(SCOPE, scope.toString())
                .field(ALLOWED, explained.decision().allowed())
                .field(REASON, text(explained.decision().reason()))
                .field(TEXT, explained.text());
        explained.decision().decidedBy().ifPresent(grant -> write(json.name(DECIDED_BY), grant));
        json.name(CONSIDERED).beginArray();
        explained.considered().forEach(grant -> write(json, grant));
        return json.endArray().endObject();
    }

    /**
     * What a client calls a permission.
     *
     * @throws ChattoException INVALID
     */
    public static Permission permission(String text) {
        return Permission.named(text)
                .orElseThrow(
                        () ->
                                ChattoException.invalid(
                                        "permission",
                                        "must be one of those that GET /api/v1/permissions lists"));
    }

    /**
     * What a client calls a scope.
     *
     * @throws ChattoException INVALID
     */
    public static Scope scope(String text) {
        try {
            if (text.startsWith(IN_ROOM)) {
                return new Scope.OfRoom(new RoomId(text.substring(IN_ROOM.length())));
            }
            if (text.startsWith(IN_GROUP)) {
                return new Scope.Group(new GroupId(text.substring(IN_GROUP.length())));
            }
            if (text.equals("server")) {
                return new Scope.Server();
            }
        } catch (IllegalArgumentException e) {
            throw wrong("scope", "must be server, group:ID or room:ID");
        }
        throw wrong("scope", "must be server, group:ID or room:ID");
    }

    /**
     * What a client calls a subject.
     *
     * @throws ChattoException INVALID
     */
    public static Subject subject(String text) {
        try {
            if (text.startsWith(OF_ROLE)) {
                return new Subject.OfRole(new RoleId(text.substring(OF_ROLE.length())));
            }
            if (text.startsWith(OF_USER)) {
                return new Subject.OfUser(new UserId(text.substring(OF_USER.length())));
            }
        } catch (IllegalArgumentException e) {
            throw wrong("subject", "must be role:ID or user:ID");
        }
        throw wrong("subject", "must be role:ID or user:ID");
    }

    /**
     * What a client calls an effect; empty for neither.
     *
     * @throws ChattoException INVALID
     */
    public static Optional<Effect> effect(String text) {
        return switch (text) {
            case "allow" -> Optional.of(Effect.ALLOW);
            case "deny" -> Optional.of(Effect.DENY);
            case "clear" -> Optional.empty();
            default -> throw wrong("effect", "must be allow, deny or clear");
        };
    }

    private void write(JsonOutput json, Role role) {
        json.beginObject()
                .field(ID, role.id().value())
                .field(DISPLAY_NAME, role.displayName())
                .field(DESCRIPTION, role.description())
                .field(PINGABLE, role.pingable())
                .field(POSITION, role.position())
                .field(SYSTEM, role.id().system());
        if (!role.id().equals(RoleId.EVERYONE)) {
            json.field(MEMBER_COUNT, roles.members(role.id()).size());
        }
        json.endObject();
    }

    private static void write(JsonOutput json, Grant grant) {
        json.beginObject()
                .field(SCOPE, grant.scope().toString())
                .field(SUBJECT, grant.subject().toString())
                .field(PERMISSION, grant.permission().text())
                .field(
                        EFFECT,
                        switch (grant.effect()) {
                            case ALLOW -> "allow";
                            case DENY -> "deny";
                        })
                .endObject();
    }

    private static String text(Decision.Reason reason) {
        return switch (reason) {
            case OWNER -> "owner";
            case GRANT -> "grant";
            case EVERYONE -> "everyone";
            case DIRECT_MESSAGE_DEFAULT -> "directMessageDefault";
            case DIRECT_MESSAGE_BOUNDARY -> "directMessageBoundary";
            case NO_PARTICIPANT -> "noParticipant";
            case NOTHING_ALLOWS -> "nothingAllows";
        };
    }

    private static ChattoException wrong(String field, String message) {
        return ChattoException.invalid(field, message);
    }
}
