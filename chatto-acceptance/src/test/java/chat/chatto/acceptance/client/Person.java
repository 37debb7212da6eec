package chat.chatto.acceptance.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Somebody signed in on a server by a token. Immutable; safe for use by many threads. */
public record Person(URI server, String login, String token) {

    /** Of everybody here. */
    public static final String PASSWORD = "correct-horse-battery-staple-7";

    /** Longer than a server may let a write wait for its storage. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int PAGE = 100;

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();

    public static Person register(URI server, String login) {
        Reply reply = tryToRegister(server, login).orFail();
        return new Person(server, login, reply.json().get("token").getAsString());
    }

    public static Reply tryToRegister(URI server, String login) {
        return new Person(server, login, "").post("/auth/register", credentials(login), null);
    }

    public static Person logIn(URI server, String login) {
        Reply reply =
                new Person(server, login, "")
                        .post("/auth/login", credentials(login), null)
                        .orFail();
        return new Person(server, login, reply.json().get("token").getAsString());
    }

    /** The same person, with the same token, on another server. */
    public Person on(URI other) {
        return new Person(other, login, token);
    }

    /** Makes a room, which this person has joined, and returns its id. */
    public String createRoom(String name) {
        JsonObject room = new JsonObject();
        room.addProperty("name", name);
        return post("/rooms", room, null).orFail().json().get("id").getAsString();
    }

    public Person join(String room) {
        post("/rooms/" + room + "/join", new JsonObject(), null).orFail();
        return this;
    }

    /** @throws UncheckedIOException when no answer came: the message may or may not have been posted */
    public Reply say(String room, String body, UUID key) {
        JsonObject message = new JsonObject();
        message.addProperty("body", body);
        return post("/rooms/" + room + "/messages", message, key.toString());
    }

    /** As {@link #say}, in the thread under a message. */
    public Reply reply(String room, long root, String body, UUID key) {
        JsonObject message = new JsonObject();
        message.addProperty("body", body);
        message.addProperty("threadRoot", root);
        return post("/rooms/" + room + "/messages", message, key.toString());
    }

    /** Replaces the body of a message of this person's. */
    public Reply edit(String room, long ordinal, String body) {
        JsonObject message = new JsonObject();
        message.addProperty("body", body);
        return send(
                request(message(room, ordinal))
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(message.toString())));
    }

    /** Adds this person's reaction to a message, or takes it back. */
    public Reply react(String room, long ordinal, String emoji, boolean present) {
        HttpRequest.Builder request =
                request(
                        message(room, ordinal)
                                + "/reactions/"
                                + URLEncoder.encode(emoji, StandardCharsets.UTF_8));
        return send(present ? request.PUT(BodyPublishers.noBody()) : request.DELETE());
    }

    /** Every message of the room from the first to the newest, read page by page from the end. */
    public List<Said> everything(String room) {
        return timeline(room).stream().map(Said::of).toList();
    }

    /** As {@link #everything}, with all that the server says of each message. */
    public List<JsonObject> timeline(String room) {
        List<JsonObject> newestFirst = new ArrayList<>();
        JsonObject page = page(room, "");
        add(page, newestFirst);
        while (page.get("hasOlder").getAsBoolean()) {
            page = page(room, "&before=" + newestFirst.getLast().get("ordinal").getAsLong());
            add(page, newestFirst);
        }
        return newestFirst.reversed();
    }

    /** What the account is known by. */
    public String id() {
        return get("/me").orFail().json().getAsJsonObject("user").get("id").getAsString();
    }

    /** Chooses how to be shown. */
    public Person choosePresence(String state) {
        JsonObject choice = new JsonObject();
        choice.addProperty("state", state);
        put("/me/presence", choice).orFail();
        return this;
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    public Reply post(String path, JsonObject body, @Nullable String idempotencyKey) {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request);
    }

    public Reply put(String path, JsonObject body) {
        return change("PUT", path, body);
    }

    public Reply patch(String path, JsonObject body) {
        return change("PATCH", path, body);
    }

    private Reply change(String method, String path, JsonObject body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString())));
    }

    private JsonObject page(String room, String place) {
        return get("/rooms/" + room + "/messages?limit=" + PAGE + place).orFail().json();
    }

    private static String message(String room, long ordinal) {
        return "/rooms/" + room + "/messages/" + ordinal;
    }

    private static void add(JsonObject page, List<JsonObject> newestFirst) {
        for (JsonElement message : page.getAsJsonArray("messages").asList().reversed()) {
            newestFirst.add(message.getAsJsonObject());
        }
    }

    private static JsonObject credentials(String login) {
        JsonObject credentials = new JsonObject();
        credentials.addProperty("login", login);
        credentials.addProperty("password", PASSWORD);
        return credentials;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve("/api/v1" + path)).timeout(TIMEOUT);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while a request is answered", e);
        }
    }
}
