package chat.chatto.http.wire;

import chat.chatto.core.access.Roles;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Status;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.Presence;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.time.InstantSource;

/** People as JSON. Safe for use by many threads. */
public final class UserJson {

    private static final Name ID = Name.of("id");
    private static final Name LOGIN = Name.of("login");
    private static final Name DISPLAY_NAME = Name.of("displayName");
    private static final Name AVATAR_URL = Name.of("avatarUrl");
    private static final Name OWNER = Name.of("owner");
    private static final Name CREATED_AT = Name.of("createdAt");
    private static final Name PRESENCE = Name.of("presence");
    private static final Name STATUS = Name.of("status");
    private static final Name EMOJI = Name.of("emoji");
    private static final Name TEXT = Name.of("text");
    private static final Name EXPIRES_AT = Name.of("expiresAt");
    private static final Name ROLES = Name.of("roles");

    private final Accounts accounts;
    private final Roles roles;
    private final Presence presence;
    private final InstantSource clock;

    @Inject
    public UserJson(Accounts accounts, Roles roles, Presence presence, InstantSource clock) {
        this.accounts = accounts;
        this.roles = roles;
        this.presence = presence;
        this.clock = clock;
    }

    /** Everything others may know of a person. */
    public void write(JsonOutput json, User user) {
        json.beginObject();
        identity(json, user);
        json.field(OWNER, user.owner())
                .field(CREATED_AT, user.createdAt())
                .field(PRESENCE, PresenceJson.text(presence.status(user.id()).state()))
                .name(ROLES)
                .beginArray();
        roles.of(user.id()).forEach(role -> json.value(role.value()));
        json.endArray().endObject();
    }

    /** What stands beside something the person wrote or did; an account this server does not know has its id only. */
    public void writeAuthor(JsonOutput json, UserId id) {
        json.beginObject();
        accounts.find(id)
                .ifPresentOrElse(
                        user -> identity(json, user),
                        () ->
                                json.field(ID, id.value())
                                        .field(LOGIN, "")
                                        .field(DISPLAY_NAME, "Unknown account"));
        json.endObject();
    }

    /** The name to show for a person. */
    public String displayName(UserId id) {
        return accounts.find(id).map(User::displayName).orElse("Unknown account");
    }

    private void identity(JsonOutput json, User user) {
        json.field(ID, user.id().value())
                .field(LOGIN, user.login().value())
                .field(DISPLAY_NAME, user.displayName());
        user.avatar()
                .ifPresent(
                        version ->
                                json.field(
                                        AVATAR_URL,
                                        "/api/v1/people/" + user.id() + "/avatar?v=" + version));
        // The clock is asked for those few only who tell something.
        user.status()
                .filter(status -> !status.over(clock.instant()))
                .ifPresent(status -> write(json, status));
    }

    private static void write(JsonOutput json, Status status) {
        json.name(STATUS)
                .beginObject()
                .field(EMOJI, status.emoji())
                .field(TEXT, status.text())
                .optionalTime(EXPIRES_AT, status.expiresAt())
                .endObject();
    }
}
