package chat.chatto.acceptance.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one person is told as it happens, on one WebSocket. Safe for use by many threads. */
public final class Feed implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<JsonObject> frames = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private volatile boolean open = true;

    private Feed(Person person, @Nullable String cursor) {
        JsonObject hello = new JsonObject();
        hello.addProperty("type", "hello");
        hello.addProperty("token", person.token());
        if (cursor != null) {
            hello.addProperty("cursor", cursor);
        }
        URI uri = person.server().resolve("/api/v1/realtime");
        socket =
                HTTP.newWebSocketBuilder()
                        .buildAsync(URI.create("ws" + uri.toString().substring(4)), new Receiver())
                        .join();
        socket.sendText(hello.toString(), true).join();
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
        socket.sendText(frame.toString(), true).join();
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
        return open;
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
        socket.abort();
    }

    private final class Receiver implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            webSocket.request(1);
            text.append(data);
            if (!last) {
                return null;
            }
            JsonObject frame = JsonParser.parseString(text.toString()).getAsJsonObject();
            text.setLength(0);
            if (frame.get("type").getAsString().equals("ping")) {
                return webSocket.sendText("{\"type\":\"pong\"}", true);
            }
            frames.add(frame);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(
                WebSocket webSocket, int statusCode, String reason) {
            open = false;
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            open = false;
        }
    }
}
