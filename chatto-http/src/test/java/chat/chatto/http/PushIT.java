package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredPushProgress;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class PushIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    /** One whose only servers are those of one test. */
    @RegisterExtension static final NatsServerExtension ownNats = new NatsServerExtension();

    private static final String DEVICES = "/api/v1/me/devices";

    private static TestServer server;
    private static TestServer other;
    private static PushService good;
    private static PushService hanging;

    @BeforeAll
    static void start() throws Exception {
        good = new PushService("127.0.0.1");
        hanging = new PushService("127.0.0.2");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<TestServer> start = () -> TestServer.start(nats);
            Future<TestServer> one = threads.submit(start);
            Future<TestServer> two = threads.submit(start);
            server = one.get();
            other = two.get();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
        other.close();
        good.close();
        hanging.close();
    }

    @Test
    void serversThatBeginAtOnceAgreeOnOneKey() {
        TestClient ann = server.client().register();

        String key = key(ann);

        assertThat(key).hasSize(87).isEqualTo(key(ann.at(other.http().port())));
    }

    private static String key(TestClient client) {
        return client.get("/api/v1/push/key").json().get("key").getAsString();
    }

    @Test
    void tellsEveryDeviceAndTakesItAwayWhenOneHasReadIt() {
        TestClient ann = server.client().register();
        TestClient ben = server.client().register().at(other.http().port());
        PushDevice laptop = good.subscribe();
        PushDevice phone = good.subscribe();
        assertThat(ann.post(DEVICES, laptop.registration(true)).status()).isEqualTo(201);
        assertThat(ann.post(DEVICES, phone.registration(false)).status()).isEqualTo(201);
        String room = room(ann, ben);

        JsonObject reply = ben.post(room + "/messages", reply("yes, **I** am")).json();

        await().untilAsserted(() -> assertThat(laptop.told()).hasSize(1));
        await().untilAsserted(() -> assertThat(phone.told()).hasSize(1));
        JsonObject alert = laptop.told().getFirst();
        assertThat(alert.get("type").getAsString()).isEqualTo("alert");
        assertThat(alert.get("user").getAsString()).isEqualTo(ann.userId());
        assertThat(alert.get("tag").getAsString()).isEqualTo(reply.get("id").getAsString());
        assertThat(alert.get("cause").getAsString()).isEqualTo("reply");
        assertThat(alert.get("ordinal").getAsLong()).isEqualTo(1);
        assertThat(alert.get("preview").getAsString()).isEqualTo("yes, **I** am");
        assertThat(phone.told().getFirst().has("preview")).isFalse();
        var headers = laptop.arrivals().getFirst().headers();
        assertThat(headers.getFirst("Content-Encoding")).isEqualTo("aes128gcm");
        assertThat(headers.getFirst("Urgency")).isEqualTo("high");
        assertThat(Long.parseLong(headers.getFirst("TTL"))).isBetween(60L, 120L);
        assertThat(headers.getFirst("Authorization"))
                .startsWith("vapid t=")
                .endsWith(", k=" + key(ann));

        ann.put(room + "/read", "{\"ordinal\":1}");

        for (PushDevice device : List.of(laptop, phone)) {
            await().untilAsserted(() -> assertThat(device.told()).hasSize(2));
            assertThat(device.told().getLast().get("type").getAsString()).isEqualTo("read");
            assertThat(device.told().getLast().get("tag")).isEqualTo(alert.get("tag"));
        }
    }

    @Test
    void keepsQuietAboutWhatIsSilentOrWasRead() {
        TestClient ann = server.client().register();
        TestClient ben = server.client().register();
        PushDevice device = good.subscribe();
        ann.post(DEVICES, device.registration(true));
        String room = room(ann, ben);
        ann.put("/api/v1/me/notification-settings", "{\"reply\":\"silent\"}");
        ben.post(room + "/messages", reply("quiet"));
        ann.put("/api/v1/me/notification-settings", "{\"reply\":\"alert\"}");

        ben.post(room + "/messages", reply("loud"));

        await().untilAsserted(() -> assertThat(device.told()).isNotEmpty());
        assertThat(device.told())
                .extracting(told -> told.get("preview").getAsString())
                .containsExactly("loud");
    }

    @Test
    void aServiceThatHangsSlowsNobody() {
        TestClient ann = server.client().register();
        TestClient ben = server.client().register();
        String room = room(ann, ben);
        Integer[] silence = {
            PushService.SILENCE, PushService.SILENCE, PushService.SILENCE, PushService.SILENCE
        };
        for (int i = 0; i < 15; i++) {
            ann.post(DEVICES, hanging.subscribe(silence).registration(true));
        }
        PushDevice device = good.subscribe();
        ann.post(DEVICES, device.registration(true));

        for (int i = 0; i < 4; i++) {
            assertThat(ben.post(room + "/messages", reply("hello")).status()).isEqualTo(201);
        }

        await().atMost(TestServer.PUSH_PATIENCE.minusMillis(500))
                .untilAsserted(() -> assertThat(device.told()).hasSize(4));
    }

    @Test
    void triesAgainWhatAServiceCannotTakeYetAndForgetsDevicesThatAreGone() {
        TestClient ann = server.client().register();
        TestClient ben = server.client().register();
        PushDevice busy = good.subscribe(429, 503);
        PushDevice gone = good.subscribe(410);
        PushDevice refusing = good.subscribe(403);
        for (PushDevice device : List.of(busy, gone, refusing)) {
            ann.post(DEVICES, device.registration(true));
        }
        String room = room(ann, ben);

        ben.post(room + "/messages", reply("hello"));

        await().untilAsserted(() -> assertThat(busy.told()).hasSize(1));
        assertThat(busy.arrivals()).hasSize(3);
        assertThat(refusing.arrivals()).hasSize(1);
        await().untilAsserted(() -> assertThat(devices(ann)).hasSize(2));
    }

    private static List<String> devices(TestClient client) {
        return client.get(DEVICES).json().getAsJsonArray("devices").asList().stream()
                .map(device -> device.getAsJsonObject().get("id").getAsString())
                .toList();
    }

    @Test
    void whatWasUnderWayWhenAServerStoppedIsPushedByAnotherAndNothingElse() throws Exception {
        PushDevice done = good.subscribe();
        PushDevice stuck = good.subscribe(PushService.SILENCE);
        try (TestServer first = TestServer.start(ownNats)) {
            TestClient ann = first.client().register();
            TestClient ben = first.client().register();
            ann.post(DEVICES, done.registration(true));
            String room = room(ann, ben);
            ben.post(room + "/messages", reply("first"));
            await().untilAsserted(() -> assertThat(previews(done)).containsExactly("first"));
            await().until(() -> nothingPending(first));
            ann.post(DEVICES, stuck.registration(true));
            ben.post(room + "/messages", reply("second"));
            await().untilAsserted(() -> assertThat(stuck.arrivals()).hasSize(1));
        }

        try (TestServer _ = TestServer.start(ownNats)) {
            await().untilAsserted(() -> assertThat(previews(stuck)).containsExactly("second"));
            assertThat(previews(done)).containsOnlyOnce("first").contains("second");
        }
    }

    private static boolean nothingPending(TestServer one) throws Exception {
        var stored = one.get(ServerBucket.class).read("push.progress");
        if (stored.isEmpty()) {
            return false;
        }
        var progress = StoredPushProgress.parseFrom(stored.get().value());
        return progress.getThrough() > 0 && progress.getPendingCount() == 0;
    }

    private static List<String> previews(PushDevice device) {
        return device.told().stream().map(told -> told.get("preview").getAsString()).toList();
    }

    @Test
    void registersChangesTestsAndRemovesDevices() {
        TestClient ann = server.client().register();
        PushDevice device = good.subscribe();
        String id = ann.post(DEVICES, device.registration(true)).json().get("id").getAsString();
        assertThat(ann.post(DEVICES, device.registration(false)).json().get("id").getAsString())
                .as("the same browser again")
                .isEqualTo(id);
        var changed = ann.patch(DEVICES + "/" + id, "{\"name\":\"Phone\",\"preview\":true}");
        assertThat(changed.json().get("name").getAsString()).isEqualTo("Phone");
        assertThat(changed.text()).doesNotContain("auth").doesNotContain("http://");

        assertThat(ann.post(DEVICES + "/" + id + "/test").text()).isEqualTo("{\"delivered\":true}");
        assertThat(device.told()).hasSize(1);
        assertThat(ann.post(DEVICES + "/" + id + "/test").status()).isEqualTo(429);
        TestClient ben = server.client().register();
        assertThat(ben.post(DEVICES + "/" + id + "/test").status()).isEqualTo(404);

        assertThat(ann.delete(DEVICES + "/" + id).status()).isEqualTo(204);
        assertThat(devices(ann)).isEmpty();
    }

    @Test
    void refusesWhatIsNoSubscriptionAndOneDeviceTooMany() {
        TestClient ann = server.client().register();
        String valid = good.subscribe().registration(true);
        List<String> refused = new ArrayList<>();
        for (String wrong :
                List.of(
                        valid.replace("http://127.0.0.1", "https://127.0.0.1"),
                        valid.replace("127.0.0.1", "10.0.0.1"),
                        valid.replace("http://", "http://user@"))) {
            refused.addAll(ann.post(DEVICES, wrong).fields());
        }
        assertThat(refused).containsExactly("endpoint", "endpoint", "endpoint");
        for (int i = 0; i < 16; i++) {
            ann.post(DEVICES, good.subscribe().registration(true));
        }

        var tooMany = ann.post(DEVICES, good.subscribe().registration(true));

        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.text()).contains("remove another one first");
    }

    private static String reply(String body) {
        return "{\"body\":\"%s\",\"replyTo\":0}".formatted(body);
    }

    /** A room of both where the first one said something. */
    private static String room(TestClient ann, TestClient ben) {
        String room = ann.createRoom();
        ben.post(room + "/join");
        ann.say(room, "anybody there?");
        return room;
    }
}
