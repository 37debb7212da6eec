package chat.chatto.acceptance.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one person is told as it happens, on one WebSocket. Safe for use by many threads. */
public final class Feed implements AutoCloseable {

    private final List<JsonObject> frames = new CopyOnWriteArrayList<>();
    private final LiveSocket socket;

    private Feed(Person person, @Nullable String cursor) {
        socket = LiveSocket.open(person, cursor, frames::add);
    }

    /** Listens from now on. */
    public static Feed of(Person person) {
        return new Feed(person, null);
    }

    /** Listens from the place that another feed came to. */
    public static Feed resume(Person person, String cursor) {
        return new Feed(person, cursor);
    }

    /** Sends a frame. */
    public void tell(JsonObject frame) {
        socket.send(frame);
    }

    /** From now on it is told how people are shown. */
    public void watch(String... userIds) {
        JsonObject frame = new JsonObject();
        frame.addProperty("type", "presence.watch");
        JsonArray ids = new JsonArray();
        List.of(userIds).forEach(ids::add);
        frame.add("userIds", ids);
        tell(frame);
    }

    /** Says whether somebody uses the client. */
    public void report(String state) {
        JsonObject frame = new JsonObject();
        frame.addProperty("type", "presence");
        frame.addProperty("state", state);
        tell(frame);
    }

    /** How somebody is shown, as far as was told; "unknown" before that. */
    public String presenceOf(String userId) {
        String state = "unknown";
        for (JsonObject frame : framesOf("presence.changed")) {
            for (JsonElement presence : frame.getAsJsonArray("presences")) {
                JsonObject told = presence.getAsJsonObject();
                if (told.get("userId").getAsString().equals(userId)) {
                    state = told.get("state").getAsString();
                }
            }
        }
        return state;
    }

    /** What was received so far of a type. */
    public List<JsonObject> framesOf(String type) {
        return frames.stream()
                .filter(frame -> frame.get("type").getAsString().equals(type))
                .toList();
    }

    public boolean isReady() {
        return !framesOf("ready").isEmpty();
    }

    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Where to resume; empty before anything came that carries a place. */
    public Optional<String> cursor() {
        return frames.stream()
                .filter(frame -> frame.has("cursor"))
                .map(frame -> frame.get("cursor").getAsString())
                .reduce((_, last) -> last);
    }

    /** The messages posted to a room, in the order in which they came. */
    public List<Said> posted(String room) {
        return framesOf("message.posted").stream()
                .filter(frame -> frame.get("roomId").getAsString().equals(room))
                .map(frame -> Said.of(frame.getAsJsonObject("message")))
                .toList();
    }

    /** Leaves without a word, as a client does whose network is gone. */
    @Override
    public void close() {
        socket.close();
    }
}
