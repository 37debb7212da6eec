package chat.chatto.http.wire;

import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.notification.Notification;
import chat.chatto.core.personal.DraftChange;
import chat.chatto.core.personal.SavedChange;
import chat.chatto.core.presence.PresenceChoice;
import chat.chatto.core.presence.PresenceStatus;
import chat.chatto.core.room.Group;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.TimelineEvent;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The frames of the WebSocket as JSON. Safe for use by many threads. */
public final class EventJson {

    private static final Name TYPE = Name.of("type");
    private static final Name CURSOR = Name.of("cursor");
    private static final Name ROOM_ID = Name.of("roomId");
    private static final Name ROOM = Name.of("room");
    private static final Name USER = Name.of("user");
    private static final Name USER_ID = Name.of("userId");
    private static final Name MESSAGE = Name.of("message");
    private static final Name ROOT = Name.of("root");
    private static final Name ORDINAL = Name.of("ordinal");
    private static final Name THREAD = Name.of("thread");
    private static final Name THREAD_ROOT = Name.of("threadRoot");
    private static final Name EMOJI = Name.of("emoji");
    private static final Name ACTOR_ID = Name.of("actorId");
    private static final Name ADDED = Name.of("added");
    private static final Name FOLLOWING = Name.of("following");
    private static final Name DISPLAY_NAME = Name.of("displayName");
    private static final Name PRESENT = Name.of("present");
    private static final Name UPDATED_AT = Name.of("updatedAt");
    private static final Name SAVED = Name.of("saved");
    private static final Name RESUMED = Name.of("resumed");
    private static final Name HEARTBEAT_SECONDS = Name.of("heartbeatSeconds");
    private static final Name PRESENCE = Name.of("presence");
    private static final Name CHOICE = Name.of("choice");
    private static final Name STALE = Name.of("stale");
    private static final Name ALERT = Name.of("alert");
    private static final Name NOTIFICATION = Name.of("notification");
    private static final Name REASON = Name.of("reason");
    private static final Name RECONNECT = Name.of("reconnect");

    private static final int BYTES_BESIDE_BODY = 600;

    private final MessageJson messages;
    private final RoomJson rooms;
    private final UserJson users;
    private final NotificationJson notifications;

    @Inject
    public EventJson(
            MessageJson messages, RoomJson rooms, UserJson users, NotificationJson notifications) {
        this.messages = messages;
        this.rooms = rooms;
        this.users = users;
        this.notifications = notifications;
    }

    /** @param cursor where a client stands that has seen this and all before it */
    public JsonOutput timeline(TimelineEvent event, String cursor) {
        return switch (event) {
            case TimelineEvent.MessagePosted posted -> {
                JsonOutput json = message("message.posted", posted, cursor, true);
                posted.root().ifPresent(root -> root(json, root));
                yield json.endObject();
            }
            case TimelineEvent.MessageEdited edited ->
                    message("message.edited", edited, cursor, false).endObject();
            case TimelineEvent.MessageDeleted deleted ->
                    message("message.deleted", deleted, cursor, false).endObject();
            case TimelineEvent.MessageReacted reacted ->
                    message("message.reactions", reacted, cursor, false)
                            .field(EMOJI, reacted.emoji())
                            .field(ACTOR_ID, reacted.actor().value())
                            .field(ADDED, reacted.added())
                            .endObject();
            case TimelineEvent.MessagePinned pinned ->
                    message("message.pinned", pinned, cursor, false)
                            .field(ACTOR_ID, pinned.actor().value())
                            .field(ADDED, pinned.added())
                            .endObject();
            case TimelineEvent.ThreadFollowed followed ->
                    threadFollowed(
                            TimelineId.thread(
                                    followed.message().address().timeline().room(),
                                    followed.message().ordinal()),
                            followed.following(),
                            cursor);
        };
    }

    /** For the person's own connections. */
    public static JsonOutput threadFollowed(TimelineId thread, boolean following, String cursor) {
        return begin("thread.followed", Optional.of(cursor))
                .field(ROOM_ID, thread.room().value())
                .optional(THREAD_ROOT, thread.threadRoot())
                .field(FOLLOWING, following)
                .endObject();
    }

    public JsonOutput roomUpdated(Room room, Optional<String> cursor) {
        JsonOutput json = begin("room.updated", cursor).name(ROOM);
        rooms.broadcast(json, room);
        return json.endObject();
    }

    public JsonOutput roomJoined(Room room, User user, Optional<String> cursor) {
        JsonOutput json = begin("room.joined", cursor).field(ROOM_ID, room.id().value());
        users.write(json.name(USER), user);
        rooms.broadcast(json.name(ROOM), room);
        return json.endObject();
    }

    public JsonOutput roomLeft(RoomId room, UserId user, Optional<String> cursor) {
        return begin("room.left", cursor)
                .field(ROOM_ID, room.value())
                .field(USER_ID, user.value())
                .endObject();
    }

    /** All groups of rooms, as they are now. */
    public static JsonOutput groupsChanged(List<Group> groups) {
        JsonOutput json = begin("groups.changed", Optional.empty());
        GroupJson.write(json, groups);
        return json.endObject();
    }

    /** What the receiver may do may have become different: /me and the rooms tell what it is. */
    public static JsonOutput permissionsChanged() {
        return bare("permissions.changed");
    }

    public JsonOutput readUpdated(RoomId room, long ordinal) {
        JsonOutput json = begin("read.updated", Optional.empty()).field(ROOM_ID, room.value());
        rooms.readFields(json, room, ordinal);
        return json.endObject();
    }

    public JsonOutput typing(RoomId room, UserId user, OptionalLong threadRoot) {
        return begin("typing", Optional.empty())
                .field(ROOM_ID, room.value())
                .field(USER_ID, user.value())
                .field(DISPLAY_NAME, users.displayName(user))
                .optional(THREAD_ROOT, threadRoot)
                .endObject();
    }

    /** Something about a person that everybody sees is different. */
    public JsonOutput userUpdated(User user) {
        JsonOutput json = begin("user.updated", Optional.empty());
        users.write(json.name(USER), user);
        return json.endObject();
    }

    /** The receiver's draft is another one, or none any more; its text is not told but asked for. */
    public static JsonOutput draftUpdated(DraftChange change) {
        return begin("draft.updated", Optional.empty())
                .field(ROOM_ID, change.timeline().room().value())
                .optional(THREAD_ROOT, change.timeline().threadRoot())
                .field(PRESENT, change.present())
                .field(UPDATED_AT, change.updatedAt())
                .endObject();
    }

    public static JsonOutput savedUpdated(SavedChange change) {
        return begin("saved.updated", Optional.empty())
                .field(ROOM_ID, change.message().timeline().room().value())
                .optional(THREAD_ROOT, change.message().timeline().threadRoot())
                .field(ORDINAL, change.message().ordinal())
                .field(SAVED, change.saved())
                .endObject();
    }

    /**
     * For the person's own connections.
     *
     * @param alert whether to bring it to attention at once
     */
    public JsonOutput notificationCreated(Notification notification, boolean alert) {
        JsonOutput json = begin("notification.created", Optional.empty()).field(ALERT, alert);
        notifications.write(json.name(NOTIFICATION), notification);
        return json.endObject();
    }

    /** How people are shown from now on. */
    public static JsonOutput presenceChanged(List<PresenceStatus> statuses) {
        JsonOutput json = begin("presence.changed", Optional.empty());
        PresenceJson.write(json, statuses);
        return json.endObject();
    }

    /** What the receiver chose to be shown as, on whatever device. */
    public static JsonOutput presenceChosen(PresenceChoice choice) {
        return begin("presence.chosen", Optional.empty())
                .field(CHOICE, PresenceJson.text(choice))
                .endObject();
    }

    public static JsonOutput ready(
            String cursor, boolean resumed, long heartbeatSeconds, PresenceChoice presence) {
        return begin("ready", Optional.of(cursor))
                .field(RESUMED, resumed)
                .field(HEARTBEAT_SECONDS, heartbeatSeconds)
                .field(PRESENCE, PresenceJson.text(presence))
                .endObject();
    }

    public static JsonOutput stale(boolean stale) {
        return begin("stale", Optional.empty()).field(STALE, stale).endObject();
    }

    public static JsonOutput closing(String reason, boolean reconnect) {
        return begin("closing", Optional.empty())
                .field(REASON, reason)
                .field(RECONNECT, reconnect)
                .endObject();
    }

    /** A frame with nothing but its type. */
    public static JsonOutput bare(String type) {
        return begin(type, Optional.empty()).endObject();
    }

    private JsonOutput message(String type, TimelineEvent event, String cursor, boolean withKey) {
        Message message = event.message();
        JsonOutput json = new JsonOutput(BYTES_BESIDE_BODY + message.body().length());
        json.beginObject()
                .field(TYPE, type)
                .field(CURSOR, cursor)
                .field(ROOM_ID, message.address().timeline().room().value())
                .name(MESSAGE);
        messages.broadcast(json, message, withKey);
        return json;
    }

    private void root(JsonOutput json, Message root) {
        json.name(ROOT).beginObject().field(ORDINAL, root.ordinal());
        root.thread()
                .ifPresent(thread -> messages.thread(json.name(THREAD), thread, Optional.empty()));
        json.endObject();
    }

    private static JsonOutput begin(String type, Optional<String> cursor) {
        JsonOutput json = new JsonOutput(256);
        return json.beginObject().field(TYPE, type).optional(CURSOR, cursor);
    }
}
