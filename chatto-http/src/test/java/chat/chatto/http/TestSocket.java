package chat.chatto.http;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that remembers what it was sent. */
final class TestSocket implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final boolean reading;
    private @Nullable WebSocket socket;
    private String cursor = "";

    private TestSocket(boolean reading) {
        this.reading = reading;
    }

    /** Connects, and says nothing yet. */
    static TestSocket open(int port, String... headers) {
        return open(port, true, headers);
    }

    /** Connects, and does not even read. */
    static TestSocket openWithoutReading(int port) {
        return open(port, false);
    }

    private static TestSocket open(int port, boolean reading, String... headers) {
        var listener = new TestSocket(reading);
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        listener.socket =
                builder.buildAsync(
                                URI.create("ws://127.0.0.1:" + port + "/api/v1/realtime"), listener)
                        .join();
        return listener;
    }

    /** Connects and waits until it hears everything from now on. */
    static TestSocket connect(TestClient person) {
        TestSocket socket = open(person.port());
        socket.hello(person);
        socket.expect("ready");
        return socket;
    }

    /** Connects again, going on from a cursor. @return with the ready frame still to be read */
    static TestSocket resume(TestClient person, String cursor) {
        TestSocket socket = open(person.port());
        socket.send(
                "{\"type\":\"hello\",\"token\":\"%s\",\"cursor\":\"%s\"}"
                        .formatted(person.token(), cursor));
        return socket;
    }

    void hello(TestClient person) {
        send("{\"type\":\"hello\",\"token\":\"%s\"}".formatted(person.token()));
    }

    void send(String text) {
        socket().sendText(text, true).join();
    }

    /** As {@link #send}; false once the server has ended the connection. */
    boolean trySend(String text) {
        try {
            send(text);
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException) {
                return false;
            }
            throw e;
        }
    }

    void sendBinary(byte[] bytes) {
        socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next frame, which must be of this type; pings are passed over. */
    JsonObject expect(String type) {
        JsonObject frame = next(PATIENCE);
        if (frame == null) {
            throw new AssertionError("No frame came, expected " + type);
        }
        if (!frame.get("type").getAsString().equals(type)) {
            throw new AssertionError("Expected " + type + " but was " + frame);
        }
        return frame;
    }

    /** The next frame of this type; others before it are passed over. */
    JsonObject await(String type) {
        while (true) {
            JsonObject frame = next(PATIENCE);
            if (frame == null) {
                throw new AssertionError("No frame came, awaited " + type);
            }
            if (frame.get("type").getAsString().equals(type)) {
                return frame;
            }
        }
    }

    /** All frames of a type until nothing comes for a moment. */
    List<JsonObject> drain(String type) {
        List<JsonObject> drained = new ArrayList<>();
        for (JsonObject frame = next(Duration.ofMillis(700));
                frame != null;
                frame = next(Duration.ofMillis(700))) {
            if (frame.get("type").getAsString().equals(type)) {
                drained.add(frame);
            }
        }
        return drained;
    }

    /** Where this client stands. */
    String cursor() {
        return cursor;
    }

    /** The code that the server closed with. */
    int awaitClose() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** From now on frames are read. */
    void read() {
        socket().request(Long.MAX_VALUE);
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reading) {
            opened.request(Long.MAX_VALUE);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(JsonParser.parseString(partial.toString()).getAsJsonObject());
            partial.setLength(0);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    /** Cuts the connection without a word, as a lost network does. */
    void cut() {
        socket().abort();
    }

    @Override
    public void close() {
        socket().abort();
    }

    private WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    private @Nullable JsonObject next(Duration patience) {
        try {
            JsonObject frame = frames.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (frame != null && frame.get("type").getAsString().equals("ping")) {
                return next(patience);
            }
            if (frame != null && frame.has("cursor")) {
                cursor = frame.get("cursor").getAsString();
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
