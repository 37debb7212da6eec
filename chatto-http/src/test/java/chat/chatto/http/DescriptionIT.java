package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.http.realtime.RealtimeUpgrade;
import chat.chatto.http.routing.Body;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Router;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds what the server describes against what it does. */
class DescriptionIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer server;
    private static JsonObject document;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats);
        document = server.client().get("/api/v1/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void describesEveryRouteAndNothingElse() {
        List<String> described = new ArrayList<>();
        for (Map.Entry<String, JsonElement> path : paths().entrySet()) {
            path.getValue().getAsJsonObject().keySet().stream()
                    .filter(key -> !key.equals("parameters"))
                    .forEach(verb -> described.add(verb + " " + path.getKey()));
        }
        List<String> served = new ArrayList<>();
        routes().forEach(route -> served.add(operation(route) + " " + route.path()));
        served.add("get " + RealtimeUpgrade.PATH);

        assertThat(described).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void saysWhichCallsNeedASession() {
        for (Route route : routes()) {
            JsonObject operation = described(route);
            boolean open =
                    operation.has("security") && operation.getAsJsonArray("security").isEmpty();

            assertThat(open).as(route.toString()).isNotEqualTo(route.access().session());
        }
    }

    @Test
    void describesBodiesWhereTheyAreRead() {
        for (Route route : routes()) {
            assertThat(described(route).has("requestBody"))
                    .as(route.toString())
                    .isEqualTo(route.body().content() != Body.Content.NOTHING);
        }
    }

    @Test
    void answersAsDescribed() {
        TestClient ann = server.client().register();
        String room = ann.createRoom();
        ann.post(room + "/messages", "{\"body\":\"root\"}");
        ann.post(room + "/messages", "{\"body\":\"reply\",\"threadRoot\":0}");
        ann.put(room + "/messages/0/reactions/%F0%9F%91%8D", "");
        ann.patch(room + "/messages/0", "{\"body\":\"edited, @all\"}");
        ann.put(room + "/messages/0/pin", "");
        ann.post(room + "/messages", "{\"body\":\"both\",\"threadRoot\":0,\"alsoToRoom\":true}");
        String source = room.substring(room.lastIndexOf('/') + 1);
        ann.post(
                room + "/messages",
                "{\"forward\":{\"roomId\":\"%s\",\"ordinal\":0}}".formatted(source));

        var schemas = new Schemas(document);
        schemas.check("Server", ann.get("/api/v1/server").json());
        schemas.check("Me", ann.get("/api/v1/me").json());
        schemas.check("Room", ann.get(room).json());
        schemas.check("Message", ann.get(room + "/messages/0").json());
        schemas.check("Message", ann.post(room + "/messages", "{\"body\":\"@nobdy\"}").json());
        schemas.check("MessagePage", ann.get(room + "/messages").json());
        schemas.check("MessagePage", ann.get(room + "/threads/0/messages").json());
        schemas.check("MessagePage", ann.get(room + "/messages?at=2020-01-01T00:00:00Z").json());
        schemas.check("MessageList", ann.get(room + "/pins").json());
        schemas.check("ReactionLists", ann.get(room + "/messages/0/reactions").json());
        schemas.check("Following", ann.put(room + "/threads/0/follow", "").json());
        schemas.check("ReadState", ann.put(room + "/read", "{\"ordinal\":0}").json());
        schemas.check("PresencePage", ann.get("/api/v1/presence").json());
        schemas.check("OwnPresence", ann.put("/api/v1/me/presence", "{\"state\":\"away\"}").json());
        schemas.check("Permissions", ann.get("/api/v1/permissions").json());
        schemas.check("Roles", ann.get("/api/v1/roles").json());
        schemas.check(
                "Explanation",
                ann.get(
                                "/api/v1/permissions/explain?permission=message.post&scope=room:"
                                        + room.substring(room.lastIndexOf('/') + 1)
                                        + "&user="
                                        + ann.userId())
                        .json());
        schemas.check("NotificationPage", ann.get("/api/v1/notifications").json());
        schemas.check("FollowedThreadPage", ann.get("/api/v1/threads").json());
        schemas.check("ReadState", ann.put(room + "/threads/0/read", "{\"ordinal\":0}").json());
        schemas.check("NotificationSettings", ann.get("/api/v1/me/notification-settings").json());
        schemas.check("PushKey", ann.get("/api/v1/push/key").json());
        schemas.check("DeviceList", ann.get("/api/v1/me/devices").json());
        schemas.check("Health", ann.get("/readyz").json());
        schemas.check("Problem", ann.get("/api/v1/rooms/Rnone").json());
        schemas.check("Problem", ann.post("/api/v1/rooms", "{}").json());
    }

    private static JsonObject paths() {
        return document.getAsJsonObject("paths");
    }

    private static List<Route> routes() {
        return server.get(Router.class).routes();
    }

    private static JsonObject described(Route route) {
        return paths().getAsJsonObject(route.path()).getAsJsonObject(operation(route));
    }

    private static String operation(Route route) {
        return route.verb().name().toLowerCase(Locale.ROOT);
    }
}
