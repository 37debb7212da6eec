package chat.chatto.bench.load;

import chat.chatto.bench.http.Target;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/** Sends files as one person and reads them. For one thread. */
public final class FileTransfer {

    private static final byte[] FILM_HEAD = "\0\0\0\30ftypisom".getBytes(StandardCharsets.US_ASCII);

    private final Target target;
    private final Account account;
    private final String room;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public FileTransfer(Target target, Account account, String room) {
        this.target = target;
        this.account = account;
        this.room = room;
    }

    /** Sends something that looks like a film. @return its id */
    public String upload(long size) throws IOException, InterruptedException {
        JsonObject wanted = new JsonObject();
        wanted.addProperty("name", "film.mp4");
        wanted.addProperty("size", size);
        wanted.addProperty("roomId", room);
        JsonObject upload = json("POST", "/api/v1/uploads", wanted);
        String id = upload.get("id").getAsString();
        byte[] part = new byte[upload.get("partSize").getAsInt()];
        new Random(size).nextBytes(part);
        System.arraycopy(FILM_HEAD, 0, part, 0, FILM_HEAD.length);
        for (long offset = 0; offset < size; offset += part.length) {
            int length = (int) Math.min(part.length, size - offset);
            HttpRequest request =
                    request(
                                    "PUT",
                                    "/api/v1/uploads/" + id,
                                    BodyPublishers.ofByteArray(part, 0, length))
                            .header("Upload-Offset", Long.toString(offset))
                            .build();
            answered(http.send(request, BodyHandlers.ofString()));
        }
        return id;
    }

    /** Posts an upload. @return where its content is */
    public String post(String upload) throws IOException, InterruptedException {
        JsonObject message = JsonParser.parseString("{\"attachments\":[]}").getAsJsonObject();
        message.getAsJsonArray("attachments").add(upload);
        return json("POST", "/api/v1/rooms/" + room + "/messages", message)
                .getAsJsonArray("attachments")
                .get(0)
                .getAsJsonObject()
                .get("url")
                .getAsString();
    }

    /** Asks for everything from an offset on, and takes one byte. @return how long it took to come */
    public Duration firstByte(String url, long offset) throws IOException, InterruptedException {
        HttpRequest request =
                request("GET", url, BodyPublishers.noBody())
                        .header("Range", "bytes=" + offset + "-")
                        .build();
        long began = System.nanoTime();
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 206 || body.read() < 0) {
                throw new IOException("a seek was answered " + answer.statusCode());
            }
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    private JsonObject json(String method, String path, JsonObject body)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(method, path, BodyPublishers.ofString(body.toString()))
                        .header("Content-Type", "application/json")
                        .build();
        return JsonParser.parseString(answered(http.send(request, BodyHandlers.ofString())))
                .getAsJsonObject();
    }

    private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create("http://" + target.authority() + path))
                .header("Authorization", "Bearer " + account.token())
                .method(method, body);
    }

    private static String answered(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() >= 300) {
            throw new IOException("answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
