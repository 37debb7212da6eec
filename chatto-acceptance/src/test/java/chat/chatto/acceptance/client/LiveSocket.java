package chat.chatto.acceptance.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One WebSocket of one person, which answers pings by itself. Safe for use by many threads. */
public final class LiveSocket implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    private final Consumer<JsonObject> frames;
    private final WebSocket socket;
    private volatile boolean open = true;
    private volatile long heardNanos = System.nanoTime();

    private LiveSocket(URI uri, Consumer<JsonObject> frames) {
        this.frames = frames;
        this.socket =
                HTTP.newWebSocketBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .buildAsync(uri, new Receiver())
                        .join();
    }

    /**
     * Connects and says hello.
     *
     * @param cursor the place to go on from; null to listen from now on
     * @param frames gets what the server says, one frame after the other, except for pings
     * @throws UncheckedIOException when no connection comes about
     */
    public static LiveSocket open(
            Person person, @Nullable String cursor, Consumer<JsonObject> frames) {
        JsonObject hello = new JsonObject();
        hello.addProperty("type", "hello");
        hello.addProperty("token", person.token());
        if (cursor != null) {
            hello.addProperty("cursor", cursor);
        }
        URI uri = person.server().resolve("/api/v1/realtime");
        try {
            LiveSocket live =
                    new LiveSocket(URI.create("ws" + uri.toString().substring(4)), frames);
            live.send(hello);
            return live;
        } catch (CompletionException e) {
            throw new UncheckedIOException(new IOException("No WebSocket to " + uri, e));
        }
    }

    /** Sends a frame; one at a time. */
    public void send(JsonObject frame) {
        socket.sendText(frame.toString(), true).join();
    }

    public boolean isOpen() {
        return open;
    }

    /** For how long nothing came. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    /** Leaves without a word, as a client does whose network is gone. */
    @Override
    public void close() {
        open = false;
        socket.abort();
    }

    private final class Receiver implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            heardNanos = System.nanoTime();
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
            frames.accept(frame);
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
