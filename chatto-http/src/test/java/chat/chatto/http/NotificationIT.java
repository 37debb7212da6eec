package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class NotificationIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final String LIST = "/api/v1/notifications";
    private static final String SETTINGS = "/api/v1/me/notification-settings";

    private static TestServer server;
    private static TestServer other;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
        other = TestServer.start(nats);
    }

    @AfterAll
    static void stop() {
        other.close();
        server.close();
    }

    @Test
    void tellsWhoIsAnsweredOnWhateverServerAndListsIt() {
        TestClient ann = server.client().register();
        TestClient ben = server.client().register().at(other.http().port());
        String room = room(ann, ben);
        try (TestSocket socket = TestSocket.connect(ann)) {
            ben.post(room + "/messages", "{\"body\":\"**yes**, I am\",\"replyTo\":0}");

            JsonObject created = socket.await("notification.created");
            assertThat(created.get("alert").getAsBoolean()).isTrue();
            JsonObject told = created.getAsJsonObject("notification");
            assertThat(told.get("cause").getAsString()).isEqualTo("reply");
            assertThat(told.get("excerpt").getAsString()).isEqualTo("**yes**, I am");
            assertThat(told.getAsJsonObject("actor").get("id").getAsString())
                    .isEqualTo(ben.userId());
            JsonObject list = ann.get(LIST).json();
            assertThat(list.get("unread").getAsInt()).isEqualTo(1);
            assertThat(notifications(ann)).containsExactly(told);

            ann.put(room + "/read", "{\"ordinal\":1}");
            assertThat(ann.get(LIST).json().get("unread").getAsInt()).isZero();
            assertThat(ann.get(LIST + "?unread=true").json().getAsJsonArray("notifications"))
                    .isEmpty();
            assertThat(ben.get(LIST).json().getAsJsonArray("notifications")).isEmpty();
        }
    }

    @Test
    void marksRemovesAndClearsAndTellsOtherDevices() {
        TestClient ann = server.client().register();
        TestClient ben = server.client().register();
        String room = room(ann, ben);
        for (int i = 0; i < 3; i++) {
            ben.post(room + "/messages", "{\"body\":\"yes\",\"replyTo\":0}");
        }
        await().until(() -> notifications(ann).size() == 3);
        String id = notifications(ann).getFirst().getAsJsonObject().get("id").getAsString();
        try (TestSocket socket = TestSocket.connect(ann.at(other.http().port()))) {
            var read = ann.post(LIST + "/read", "{\"ids\":[\"%s\"]}".formatted(id));
            assertThat(read.json().get("unread").getAsInt()).isEqualTo(2);
            socket.await("notification.read");
            assertThat(ann.delete(LIST + "/" + id).status()).isEqualTo(204);
            socket.await("notification.read");
        }
        assertThat(notifications(ann)).hasSize(2);
        assertThat(ann.post(LIST + "/read", "{\"all\":true}").json().get("unread").getAsInt())
                .isZero();
        assertThat(ann.delete(LIST).status()).isEqualTo(204);
        assertThat(notifications(ann)).isEmpty();

        assertThat(ann.post(LIST + "/read", "{}").status()).isEqualTo(422);
        assertThat(ann.delete(LIST + "/nonsense").status()).isEqualTo(404);
    }

    @Test
    void keepsSettingsAndSaysWhatIsWrongWithThem() {
        TestClient ann = server.client().register();
        TestClient ben = server.client().register();
        String room = room(ann, ben);

        JsonObject settings =
                ann.put(
                                SETTINGS,
                                """
                                {"mention":"silent","room":"alert","doNotDisturb":{"enabled":true,
                                 "from":"21:30","to":"06:00","timezone":"Europe/Berlin",
                                 "days":["monday","friday"]}}\
                                """)
                        .json();
        assertThat(settings.getAsJsonObject("causes").get("mention").getAsString())
                .isEqualTo("silent");
        assertThat(settings.getAsJsonObject("doNotDisturb").toString())
                .isEqualTo(
                        "{\"enabled\":true,\"from\":\"21:30\",\"to\":\"06:00\","
                            + "\"timezone\":\"Europe/Berlin\",\"days\":[\"monday\",\"friday\"]}");
        ann.put(SETTINGS, "{\"room\":\"inherit\",\"doNotDisturb\":{\"enabled\":false}}");
        assertThat(
                        ann.put(room + "/notification-settings", "{\"reply\":\"off\"}")
                                .json()
                                .toString())
                .isEqualTo("{\"causes\":{\"reply\":\"off\"}}");
        ann.put(room + "/threads/0/notification-settings", "{\"reply\":\"alert\"}");

        JsonObject kept = ann.get(SETTINGS).json();
        assertThat(kept.getAsJsonObject("causes").toString()).isEqualTo("{\"mention\":\"silent\"}");
        assertThat(kept.getAsJsonArray("timelines")).hasSize(2);
        assertThat(ann.put(SETTINGS, "{\"mention\":\"loud\"}").fields()).contains("mention");
        assertThat(ann.put(SETTINGS, "{\"doNotDisturb\":{\"from\":\"25:00\"}}").fields())
                .contains("doNotDisturb.from");
        assertThat(ann.put(SETTINGS, "{\"doNotDisturb\":{\"timezone\":\"Mars/Base\"}}").fields())
                .contains("doNotDisturb.timezone");
        assertThat(ann.put(SETTINGS, "{\"doNotDisturb\":{\"days\":[\"someday\"]}}").fields())
                .contains("doNotDisturb.days");
        assertThat(
                        server.client()
                                .register()
                                .put(room + "/notification-settings", "{\"all\":\"off\"}")
                                .status())
                .isEqualTo(403);
    }

    @Test
    void listsFollowedThreadsWithWhatIsUnread() {
        TestClient ann = server.client().register();
        TestClient ben = server.client().register();
        String room = room(ann, ben);
        try (TestSocket socket = TestSocket.connect(ann.at(other.http().port()))) {
            ben.post(room + "/messages", "{\"body\":\"yes\",\"threadRoot\":0}");
            socket.await("threads.changed");
        }

        JsonObject list = ann.get("/api/v1/threads").json();
        JsonObject thread = list.getAsJsonArray("threads").get(0).getAsJsonObject();
        assertThat(list.get("unread").getAsInt()).isEqualTo(1);
        assertThat(thread.getAsJsonObject("root").get("body").getAsString()).isEqualTo("anybody?");
        assertThat(thread.get("unread").getAsInt()).isEqualTo(1);
        assertThat(ann.put(room + "/threads/0/read", "{\"ordinal\":0}").json().toString())
                .isEqualTo("{\"readOrdinal\":0,\"unread\":0}");
        assertThat(ann.get("/api/v1/threads?unread=true").json().getAsJsonArray("threads"))
                .isEmpty();
        assertThat(ann.put(room + "/threads/77/read", "{\"ordinal\":0}").status()).isEqualTo(404);
    }

    /** A room of two, where the first has said something. */
    private static String room(TestClient ann, TestClient ben) {
        String room = ann.createRoom();
        ben.post(room + "/join");
        ann.say(room, "anybody?");
        return room;
    }

    private static List<JsonElement> notifications(TestClient person) {
        return person.get(LIST).json().getAsJsonArray("notifications").asList();
    }
}
