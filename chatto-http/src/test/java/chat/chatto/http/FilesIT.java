package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.OwnerClaim;
import chat.chatto.http.TestClient.Reply;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.imageio.ImageIO;

class FilesIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final int PART = 1 << 20;

    private static TestServer server;

    private TestClient ann = new TestClient(0);
    private String room = "";

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void person() {
        ann = server.client().register();
        room = ann.createRoom();
    }

    @Test
    void aFileIsSentInPartsPostedAndRead() {
        byte[] content = content(2 * PART + 7);
        JsonObject upload = create("report.pdf", content.length).json();
        assertThat(upload.get("partSize").getAsInt()).isEqualTo(PART);
        assertThat(upload.get("offset").getAsLong()).isZero();

        Reply first = part(upload, 0, Arrays.copyOf(content, PART));
        assertThat(first.json().get("offset").getAsInt()).isEqualTo(PART);
        Reply again = part(upload, 0, Arrays.copyOf(content, PART));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).contains("Upload-Offset: " + PART);
        part(upload, PART, Arrays.copyOfRange(content, PART, 2 * PART));
        JsonObject complete =
                part(upload, 2 * PART, Arrays.copyOfRange(content, 2 * PART, content.length))
                        .json();
        assertThat(complete.get("complete").getAsBoolean()).isTrue();

        JsonObject attachment = post(complete);
        assertThat(attachment.get("name").getAsString()).isEqualTo("report.pdf");
        assertThat(attachment.get("kind").getAsString()).isEqualTo("file");
        Reply read = ann.get(attachment.get("url").getAsString());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.raw().body()).isEqualTo(content);
        assertThat(read.header("Content-Type")).contains("application/octet-stream");
        assertThat(read.header("Content-Disposition"))
                .contains("attachment; filename*=UTF-8''report.pdf");
        assertThat(read.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(read.header("Content-Security-Policy").orElseThrow()).contains("sandbox");
    }

    @Test
    void anyRangeCanBeRead() {
        byte[] content = content(PART + 100);
        System.arraycopy("....ftypisom".getBytes(StandardCharsets.US_ASCII), 0, content, 0, 12);
        JsonObject film = post(send("film.mp4", content));
        String url = film.get("url").getAsString();
        assertThat(film.get("contentType").getAsString()).isEqualTo("video/mp4");

        for (List<Integer> range :
                List.of(
                        List.of(0, 0),
                        List.of(PART - 1, PART),
                        List.of(5, PART + 99),
                        List.of(PART + 99, PART + 99))) {
            Reply part = range(url, "bytes=%d-%d".formatted(range.get(0), range.get(1)));
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.header("Content-Type")).contains("video/mp4");
            assertThat(part.header("Content-Range"))
                    .contains(
                            "bytes %d-%d/%d".formatted(range.get(0), range.get(1), content.length));
            assertThat(part.raw().body())
                    .isEqualTo(Arrays.copyOfRange(content, range.get(0), range.get(1) + 1));
        }
        assertThat(range(url, "bytes=-3").raw().body())
                .isEqualTo(Arrays.copyOfRange(content, content.length - 3, content.length));
        assertThat(range(url, "bytes=" + (PART + 98) + "-").raw().body()).hasSize(2);
        Reply outside = range(url, "bytes=" + content.length + "-");
        assertThat(outside.status()).isEqualTo(416);
        assertThat(outside.header("Content-Range")).contains("bytes */" + content.length);
        assertThat(range(url, "bytes=5-1").status()).isEqualTo(200);

        Reply head = ann.send("HEAD", url, BodyPublishers.noBody());
        assertThat(head.header("Content-Length")).contains(String.valueOf(content.length));
        assertThat(head.raw().body()).isEmpty();
        String tag = head.header("ETag").orElseThrow();
        assertThat(other(ann).with("If-None-Match", tag).get(url).status()).isEqualTo(304);
        assertThat(
                        other(ann)
                                .with("Range", "bytes=0-1")
                                .with("If-Range", "\"older\"")
                                .get(url)
                                .status())
                .isEqualTo(200);
    }

    @Test
    void aPictureComesInTheSizesThatAreShown() throws IOException {
        var image = new BufferedImage(2_400, 1_200, BufferedImage.TYPE_INT_RGB);
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);

        JsonObject picture = post(send("photo.html", jpeg.toByteArray()));

        assertThat(picture.get("kind").getAsString()).isEqualTo("image");
        assertThat(picture.get("contentType").getAsString()).isEqualTo("image/jpeg");
        assertThat(picture.get("width").getAsInt()).isEqualTo(2_400);
        Reply shown = ann.get(picture.get("url").getAsString());
        assertThat(shown.header("Content-Disposition").orElseThrow()).startsWith("inline");
        assertThat(width(shown)).isEqualTo(2_400);
        assertThat(width(ann.get(picture.get("largeUrl").getAsString()))).isEqualTo(2_048);
        assertThat(width(ann.get(picture.get("thumbnailUrl").getAsString()))).isEqualTo(800);
        assertThat(picture.has("posterUrl")).isFalse();
    }

    @Test
    void whatIsNoPictureIsOnlySaved() {
        byte[] svg = "<svg><script>alert(1)</script></svg>".getBytes(StandardCharsets.US_ASCII);

        JsonObject file = post(send("picture.png", svg));

        assertThat(file.get("kind").getAsString()).isEqualTo("file");
        Reply read = ann.get(file.get("url").getAsString());
        assertThat(read.header("Content-Type")).contains("application/octet-stream");
        assertThat(read.header("Content-Disposition").orElseThrow()).startsWith("attachment");
    }

    @Test
    void aLinkIsGoodForItsFileAndForThoseWhoMayReadTheMessage() {
        JsonObject file = post(send("a.bin", content(10)));
        String url = file.get("url").getAsString();
        TestClient ben = server.client().register();

        assertThat(server.client().get(url).status()).isEqualTo(401);
        assertThat(ben.get(url).status()).isIn(403, 404);
        ben.post(room + "/join");
        assertThat(ben.get(url).status()).isEqualTo(200);
        ben.post(room + "/leave");
        assertThat(ben.get(url).status()).isIn(403, 404);
        assertThat(ann.get(url.replaceAll("expires=\\d+", "expires=99999999999")).status())
                .isEqualTo(403);
        assertThat(ann.get(url.replaceAll("signature=.", "signature=_")).status()).isEqualTo(403);
        assertThat(ann.get(url.substring(0, url.indexOf('?'))).status()).isEqualTo(403);
        String elsewhere = post(send("b.bin", content(3))).get("id").getAsString();
        assertThat(ann.get(url.replace(file.get("id").getAsString(), elsewhere)).status())
                .isEqualTo(403);
    }

    @Test
    void anUploadIsItsOwnersUntilItIsPosted() {
        JsonObject upload = send("a.bin", content(10));
        String url = upload.getAsJsonObject("attachment").get("url").getAsString();
        TestClient ben = server.client().register();

        assertThat(ann.get(url).raw().body()).isEqualTo(content(10));
        assertThat(ben.get(url).status()).isEqualTo(404);
        assertThat(ben.get(path(upload)).status()).isEqualTo(404);

        assertThat(ann.delete(path(upload)).status()).isEqualTo(204);
        assertThat(ann.get(url).status()).isEqualTo(404);
        assertThat(ann.get(path(upload)).status()).isEqualTo(404);
    }

    @Test
    void saysHowLargeFilesMayBeBeforeAndWhileTheyArrive() {
        JsonObject limits = ann.get("/api/v1/server").json().getAsJsonObject("limits");
        long most = limits.get("maxVideoBytes").getAsLong();

        Reply before = create("x", most + 1);
        assertThat(before.status()).isEqualTo(413);
        assertThat(before.text()).contains(String.valueOf(most));
        JsonObject upload = create("x", limits.get("maxUploadBytes").getAsLong() + 1).json();
        Reply meanwhile = part(upload, 0, content(PART));
        assertThat(meanwhile.status()).isEqualTo(413);
        assertThat(meanwhile.text()).contains(limits.get("maxUploadBytes").getAsString());
        JsonObject small = create("x", PART + 1).json();
        assertThat(part(small, 0, content(9)).status()).isEqualTo(422);
        assertThat(create("..", 1).status()).isEqualTo(422);
        assertThat(create("a\\u202eb", 1).status()).isEqualTo(422);
    }

    @Test
    void aMessageMayBeNothingButFiles() {
        JsonObject one = send("one.bin", content(1));
        JsonObject two = send("two.bin", content(2));
        JsonObject message =
                ann.post(
                                room + "/messages",
                                "{\"attachments\":[\"%s\",\"%s\"]}".formatted(id(one), id(two)))
                        .json();
        assertThat(message.getAsJsonArray("attachments")).hasSize(2);
        String path = room + "/messages/" + message.get("ordinal").getAsLong();

        assertThat(ann.delete(path + "/attachments/" + id(one)).status()).isEqualTo(204);
        assertThat(ann.get(path).json().getAsJsonArray("attachments")).hasSize(1);
        await().until(() -> listed().size() == 1);
        assertThat(ann.get(room + "/files?kind=image").json().getAsJsonArray("files")).isEmpty();
        assertThat(ann.delete(path + "/attachments/" + id(two)).status()).isEqualTo(204);

        assertThat(ann.get(path).json().has("deletedAt")).isTrue();
        assertThat(listed()).isEmpty();
        assertThat(
                        ann.post(
                                        room + "/messages",
                                        "{\"attachments\":[\"%s\"]}".formatted(id(two)))
                                .status())
                .isEqualTo(422);
    }

    @Test
    void peopleAndTheServerShowPictures() throws IOException {
        var image = new BufferedImage(900, 300, BufferedImage.TYPE_INT_RGB);
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);
        String mine = "/api/v1/me/avatar";
        assertThat(ann.send("PUT", mine, BodyPublishers.ofString("<svg/>")).status())
                .isEqualTo(422);

        JsonObject user =
                ann.send("PUT", mine, BodyPublishers.ofByteArray(jpeg.toByteArray())).json();
        String first = user.get("avatarUrl").getAsString();
        Reply picture = server.client().register().get(first);
        assertThat(width(picture)).isEqualTo(256);
        assertThat(picture.header("Content-Type")).contains("image/png");
        assertThat(picture.header("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(ann.say(room, "hi").getAsJsonObject("author").get("avatarUrl").getAsString())
                .isEqualTo(first);
        String second =
                ann.send("PUT", mine, BodyPublishers.ofByteArray(jpeg.toByteArray()))
                        .json()
                        .get("avatarUrl")
                        .getAsString();
        assertThat(second).isNotEqualTo(first);
        assertThat(ann.delete(mine).json().has("avatarUrl")).isFalse();
        assertThat(ann.get(second).status()).isEqualTo(404);

        TestClient owner = server.client().register();
        String token = server.get(OwnerClaim.class).pendingToken().orElseThrow();
        owner.post("/api/v1/setup/claim", "{\"token\":\"%s\"}".formatted(token));
        String logo = "/api/v1/server/logo";
        assertThat(ann.send("PUT", logo, BodyPublishers.ofByteArray(jpeg.toByteArray())).status())
                .isEqualTo(403);
        assertThat(owner.send("PUT", logo, BodyPublishers.ofByteArray(jpeg.toByteArray())).status())
                .isEqualTo(204);
        String url = ann.get("/api/v1/server").json().get("logoUrl").getAsString();
        assertThat(width(server.client().get(url))).isEqualTo(512);
        assertThat(owner.delete(logo).status()).isEqualTo(204);
        assertThat(ann.get("/api/v1/server").json().has("logoUrl")).isFalse();
    }

    private JsonArray listed() {
        return ann.get(room + "/files").json().getAsJsonArray("files");
    }

    private static TestClient other(TestClient client) {
        return client.at(client.port());
    }

    private Reply range(String url, String range) {
        return other(ann).with("Range", range).get(url);
    }

    private Reply create(String name, long size) {
        return ann.post(
                "/api/v1/uploads",
                "{\"name\":\"%s\",\"size\":%d,\"roomId\":\"%s\"}"
                        .formatted(name, size, room.substring(room.lastIndexOf('/') + 1)));
    }

    private Reply part(JsonObject upload, long offset, byte[] content) {
        return other(ann)
                .with("Upload-Offset", String.valueOf(offset))
                .send("PUT", path(upload), BodyPublishers.ofByteArray(content));
    }

    /** Sends a file in as many parts as it needs. */
    private JsonObject send(String name, byte[] content) {
        JsonObject upload = create(name, content.length).json();
        for (int offset = 0; offset < content.length; offset += PART) {
            int end = Math.min(content.length, offset + PART);
            upload = part(upload, offset, Arrays.copyOfRange(content, offset, end)).json();
        }
        assertThat(upload.get("complete").getAsBoolean()).isTrue();
        return upload;
    }

    /** Posts an upload, and answers what the message says of it. */
    private JsonObject post(JsonObject upload) {
        Reply reply =
                ann.post(
                        room + "/messages",
                        "{\"body\":\"look\",\"attachments\":[\"%s\"]}".formatted(id(upload)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().getAsJsonArray("attachments").get(0).getAsJsonObject();
    }

    private static String path(JsonObject upload) {
        return "/api/v1/uploads/" + id(upload);
    }

    private static String id(JsonObject upload) {
        return upload.get("id").getAsString();
    }

    private static int width(Reply reply) throws IOException {
        assertThat(reply.status()).isEqualTo(200);
        return ImageIO.read(new ByteArrayInputStream(reply.raw().body())).getWidth();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
