package chat.chatto.http.wire;

import chat.chatto.core.account.User;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.notification.Notification;
import chat.chatto.core.push.Device;
import chat.chatto.core.push.Devices;
import chat.chatto.core.push.PushContent;
import chat.chatto.core.push.PushEncoding;
import chat.chatto.core.push.PushOutcome;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.http.json.JsonOutput;
import chat.chatto.http.json.Name;

import jakarta.inject.Inject;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Devices as JSON, and what they are told. */
public final class PushJson implements PushEncoding {

    private static final Name KEY = Name.of("key");
    private static final Name DEVICES = Name.of("devices");
    private static final Name MOST = Name.of("most");
    private static final Name ID = Name.of("id");
    private static final Name NAME = Name.of("name");
    private static final Name SERVICE = Name.of("service");
    private static final Name PREVIEW = Name.of("preview");
    private static final Name CREATED_AT = Name.of("createdAt");
    private static final Name DELIVERED = Name.of("delivered");
    private static final Name PROBLEM = Name.of("problem");
    private static final Name TYPE = Name.of("type");
    private static final Name USER = Name.of("user");
    private static final Name TAG = Name.of("tag");
    private static final Name CAUSE = Name.of("cause");
    private static final Name ACTOR = Name.of("actor");
    private static final Name ROOM_ID = Name.of("roomId");
    private static final Name ROOM = Name.of("room");
    private static final Name DIRECT = Name.of("direct");
    private static final Name ORDINAL = Name.of("ordinal");
    private static final Name THREAD_ROOT = Name.of("threadRoot");
    private static final Name EMOJI = Name.of("emoji");
    private static final Name AT = Name.of("at");
    private static final String UNKNOWN = "Somebody";

    private final UserDirectory users;
    private final RoomDirectory rooms;

    @Inject
    public PushJson(UserDirectory users, RoomDirectory rooms) {
        this.users = users;
        this.rooms = rooms;
    }

    public static JsonOutput key(String publicKey) {
        return new JsonOutput(128).beginObject().field(KEY, publicKey).endObject();
    }

    public static JsonOutput devices(List<Device> devices) {
        JsonOutput json = new JsonOutput(64 + 256 * devices.size());
        json.beginObject().name(DEVICES).beginArray();
        devices.forEach(device -> write(json, device));
        return json.endArray().field(MOST, Devices.MOST).endObject();
    }

    public static JsonOutput device(Device device) {
        JsonOutput json = new JsonOutput(256);
        write(json, device);
        return json;
    }

    /** Without its address and keys, which only the device itself needs. */
    private static void write(JsonOutput json, Device device) {
        json.beginObject()
                .field(ID, device.id())
                .field(NAME, device.name())
                .field(SERVICE, device.service())
                .field(PREVIEW, device.preview())
                .field(CREATED_AT, device.createdAt())
                .endObject();
    }

    /** What became of a test. */
    public static JsonOutput outcome(PushOutcome outcome) {
        JsonOutput json = new JsonOutput(128).beginObject();
        switch (outcome) {
            case PushOutcome.Accepted _ -> json.field(DELIVERED, true);
            case PushOutcome.Gone _ ->
                    undelivered(
                            json,
                            "This device has ended its subscription and was removed: switch"
                                    + " notifications on there again");
            case PushOutcome.Later(_, var why) ->
                    undelivered(json, "The push service takes no messages now: " + why);
            case PushOutcome.Refused(var why) ->
                    undelivered(json, "The push service refuses messages: " + why);
        }
        return json.endObject();
    }

    private static void undelivered(JsonOutput json, String why) {
        json.field(DELIVERED, false).field(PROBLEM, why);
    }

    @Override
    public byte[] encode(PushContent content) {
        JsonOutput json = new JsonOutput(512);
        json.beginObject()
                .field(TYPE, type(content))
                .field(USER, content.user().value())
                .field(TAG, content.tag());
        if (content instanceof PushContent.Alert alert) {
            write(json, alert);
        }
        return json.endObject().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String type(PushContent content) {
        return switch (content) {
            case PushContent.Alert _ -> "alert";
            case PushContent.Read _ -> "read";
            case PushContent.Test _ -> "test";
        };
    }

    private void write(JsonOutput json, PushContent.Alert alert) {
        Notification notification = alert.notification();
        TimelineId timeline = notification.message().address().timeline();
        Room room = rooms.require(timeline.room());
        json.field(CAUSE, notification.cause().text())
                .field(
                        ACTOR,
                        users.find(notification.actor()).map(User::displayName).orElse(UNKNOWN))
                .field(ROOM_ID, timeline.room().value())
                .field(ROOM, room.name())
                .field(DIRECT, room.direct())
                .field(ORDINAL, notification.message().ordinal())
                .optional(THREAD_ROOT, timeline.threadRoot())
                .optional(EMOJI, notification.emoji())
                .field(AT, notification.createdAt());
        if (alert.preview()) {
            json.field(PREVIEW, notification.excerpt());
        }
    }
}
