package chat.chatto.http;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls a server as one person. */
final class TestClient {

    static final String PASSWORD = "correct horse battery";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final int port;
    private final List<String> headers = new ArrayList<>();
    private String token = "";
    private String userId = "";

    TestClient(int port) {
        this.port = port;
    }

    /** An answer; the body is empty where there was none. */
    record Reply(HttpResponse<byte[]> raw) {

        int status() {
            return raw.statusCode();
        }

        String text() {
            return new String(raw.body(), StandardCharsets.UTF_8);
        }

        JsonObject json() {
            return JsonParser.parseString(text()).getAsJsonObject();
        }

        String code() {
            return json().get("code").getAsString();
        }

        Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }

        List<String> fields() {
            return json().getAsJsonArray("errors").asList().stream()
                    .map(error -> error.getAsJsonObject().get("field").getAsString())
                    .toList();
        }
    }

    /** Makes an account nobody has yet, and signs in. */
    TestClient register() {
        Reply reply =
                post("/api/v1/auth/register", credentials("person" + PEOPLE.incrementAndGet()));
        if (reply.status() != 201) {
            throw new AssertionError(reply.text());
        }
        token = reply.json().get("token").getAsString();
        userId = reply.json().getAsJsonObject("user").get("id").getAsString();
        return this;
    }

    static String credentials(String login) {
        return "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, PASSWORD);
    }

    /** A client with the same session at another server. */
    TestClient at(int otherPort) {
        var other = new TestClient(otherPort);
        other.token = token;
        other.userId = userId;
        return other;
    }

    TestClient with(String name, String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    int port() {
        return port;
    }

    String token() {
        return token;
    }

    String userId() {
        return userId;
    }

    Reply get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Reply post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    Reply post(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json));
    }

    Reply put(String path, String json) {
        return send("PUT", path, BodyPublishers.ofString(json));
    }

    Reply patch(String path, String json) {
        return send("PATCH", path, BodyPublishers.ofString(json));
    }

    Reply delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Reply send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, body);
        if (body.contentLength() != 0 && !headers.contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return new Reply(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Makes a room with a name nobody uses, and answers its path. */
    String createRoom() {
        Reply reply =
                post("/api/v1/rooms", "{\"name\":\"room %d\"}".formatted(PEOPLE.incrementAndGet()));
        if (reply.status() != 201) {
            throw new AssertionError(reply.text());
        }
        return "/api/v1/rooms/" + reply.json().get("id").getAsString();
    }

    /** Posts a message, and answers it. */
    JsonObject say(String room, String body) {
        Reply reply = post(room + "/messages", "{\"body\":\"%s\"}".formatted(body));
        if (reply.status() != 201) {
            throw new AssertionError(reply.text());
        }
        return reply.json();
    }
}
