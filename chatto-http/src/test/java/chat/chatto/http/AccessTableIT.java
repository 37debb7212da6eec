package chat.chatto.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.access.Effect;
import chat.chatto.core.access.Grants;
import chat.chatto.core.access.Permission;
import chat.chatto.core.access.Permissions;
import chat.chatto.core.access.RoleId;
import chat.chatto.core.access.Scope;
import chat.chatto.core.access.Subject;
import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.RoomId;
import chat.chatto.http.routing.Access;
import chat.chatto.http.routing.Access.Need;
import chat.chatto.http.routing.Route;
import chat.chatto.http.routing.Router;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Walks the description of the interface, tries each call as each of six people, holds the answers against what the routes declare that
 * they need, and against the table in the documentation.
 *
 * <p>With the property {@code access.table.write} it writes the table instead of comparing it.
 */
class AccessTableIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final Path TABLE = Path.of("..", "docs", "access.md");
    private static final String REGENERATE =
            "build/test -pl chatto-http -am -Dtest=AccessTableIT -Daccess.table.write=true";

    private static final List<String> PEOPLE =
            List.of("anonymous", "non-member", "member", "moderator", "admin", "owner");
    private static final String AUTHOR = "member";

    /** For calls that need something else when their body has a field. */
    private static final Map<String, String> BODIES =
            Map.of(
                    "threadRoot",
                    "{\"body\":\"reply\",\"threadRoot\":0}",
                    "alsoToRoom",
                    "{\"body\":\"both\",\"threadRoot\":0,\"alsoToRoom\":true}");

    private static final byte[] PICTURE =
            HexFormat.of().parseHex("89504e470d0a1a0a0000000d494844520000008000000040");

    private final Map<String, TestClient> people = new LinkedHashMap<>();
    private TestClient host = new TestClient(0);

    @TempDir private Path index;

    @Test
    void answersEachCallersAsTheTableSays() throws InterruptedException, IOException {
        List<String> wrong = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        try (TestServer server = TestServer.searching(nats, index)) {
            castPeople(server);
            JsonObject document = server.client().get("/api/v1/openapi.json").json();
            for (Route route : walk(server.get(Router.class).routes())) {
                var call =
                        new Sent(route, route.access(), "`" + route + "`", body(document, route));
                rows.add(row(server, document, new Stage(route), call, wrong));
                route.access()
                        .withField()
                        .forEach(
                                (field, access) ->
                                        rows.add(
                                                row(
                                                        server,
                                                        document,
                                                        without(server, access, route),
                                                        with(route, field, access),
                                                        wrong)));
            }
        }
        assertThat(wrong)
                .as(
                        "Routes that do not answer as they declare: mend the route or its Access. A"
                            + " 422 for somebody who should be refused may come from the least body"
                            + " or parameters: give the description's schema an example that is"
                            + " valid")
                .isEmpty();
        String table = head() + rows.stream().sorted().collect(Collectors.joining("\n")) + "\n";
        if (Boolean.getBoolean("access.table.write")) {
            Files.writeString(TABLE, table);
        }
        assertThat(Files.readString(TABLE))
                .as("docs/access.md; if the new answers are right, write it anew: " + REGENERATE)
                .isEqualTo(table);
    }

    /**
     * A call that everybody tries.
     *
     * @param access what it needs
     * @param name in the table
     */
    private record Sent(Route route, Access access, String name, byte[] body) {}

    private static Sent with(Route route, String field, Access access) {
        String body = Objects.requireNonNull(BODIES.get(field), "A body with " + field);
        return new Sent(
                route,
                access,
                "`%s` with `%s`, in a room where everyone is denied that".formatted(route, field),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** A room where everyone is denied the last thing that a call needs. */
    private Stage without(TestServer server, Access access, Route route) {
        Stage stage = new Stage(route);
        if (access.anyOf().getFirst().getLast() instanceof Need.Holding(Permission permission)) {
            server.get(Grants.class)
                    .set(
                            new UserId(person("owner").userId()),
                            new Scope.OfRoom(stage.roomId),
                            new Subject.OfRole(RoleId.EVERYONE),
                            permission,
                            Optional.of(Effect.DENY));
        }
        return stage;
    }

    private TestClient person(String name) {
        return Objects.requireNonNull(people.get(name));
    }

    private void castPeople(TestServer server) {
        host = server.client().register();
        people.put("anonymous", server.client());
        PEOPLE.stream().skip(1).forEach(person -> people.put(person, server.client().register()));
        String token = server.get(OwnerClaim.class).pendingToken().orElseThrow();
        TestClient owner = person("owner");
        owner.post("/api/v1/setup/claim", "{\"token\":\"%s\"}".formatted(token));
        for (String role : List.of("moderator", "admin")) {
            String path = "/api/v1/roles/%s/members/%s".formatted(role, person(role).userId());
            assertThat(owner.put(path, "").status()).isEqualTo(204);
        }
    }

    /** Signing out comes last: nobody could go on after it. */
    private static List<Route> walk(List<Route> routes) {
        return routes.stream()
                .sorted(Comparator.comparing(route -> route.path().endsWith("/logout")))
                .toList();
    }

    private String row(
            TestServer server, JsonObject document, Stage stage, Sent call, List<String> wrong) {
        List<String> cells = new ArrayList<>();
        for (String person : PEOPLE) {
            String path = stage.path(call.route().path()) + query(document, call.route());
            int status =
                    person(person)
                            .send(
                                    call.route().verb().name(),
                                    path,
                                    BodyPublishers.ofByteArray(call.body()))
                            .status();
            cells.add(String.valueOf(status));
            check(server, stage, call, person, status, wrong);
        }
        return "| %s | %s | %s |".formatted(call.name(), call.access(), String.join(" | ", cells));
    }

    /** Who fulfils what a route declares is not refused; everybody else is. */
    private void check(
            TestServer server,
            Stage stage,
            Sent call,
            String person,
            int status,
            List<String> wrong) {
        Access access = call.access();
        if (!access.session()) {
            return;
        }
        boolean forbidden = status == 401 || status == 403;
        boolean fulfilled =
                !person.equals("anonymous")
                        && (access.anyOf().isEmpty()
                                || access.anyOf().stream()
                                        .anyMatch(
                                                needs ->
                                                        fulfils(
                                                                server,
                                                                stage,
                                                                call.route(),
                                                                person,
                                                                needs)));
        // What is not there is not there for those either who may ask for it.
        if (fulfilled ? forbidden : !forbidden && status != 404) {
            wrong.add(
                    "%s answered %d to %s, but declares that it needs: %s"
                            .formatted(call.name(), status, person, access));
        }
    }

    private boolean fulfils(
            TestServer server, Stage stage, Route route, String person, List<Need> needs) {
        return needs.stream().allMatch(need -> fulfils(server, stage, route, person, need));
    }

    private boolean fulfils(TestServer server, Stage stage, Route route, String person, Need need) {
        return switch (need) {
            case Need.Belonging() -> !person.equals("non-member");
            case Need.Authorship() -> person.equals(AUTHOR);
            case Need.Knowing _ -> false;
            case Need.Holding(Permission permission) -> {
                UserId user = new UserId(person(person).userId());
                Permissions permissions = server.get(Permissions.class);
                yield route.path().contains("{room}")
                        ? permissions.allows(user, permission, stage.roomId)
                        : permissions.allows(user, permission);
            }
        };
    }

    /** The parameters behind the question mark that the description says a call must have. */
    private static String query(JsonObject document, Route route) {
        JsonObject operation = operation(document, route);
        if (!operation.has("parameters")) {
            return "";
        }
        return operation.getAsJsonArray("parameters").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(parameter -> parameter.has("required") && parameter.has("in"))
                .filter(parameter -> parameter.get("in").getAsString().equals("query"))
                .map(
                        parameter ->
                                parameter.get("name").getAsString()
                                        + "="
                                        + example(document, parameter.getAsJsonObject("schema"))
                                                .getAsString())
                .collect(Collectors.joining("&", "?", ""));
    }

    private static JsonObject operation(JsonObject document, Route route) {
        return document.getAsJsonObject("paths")
                .getAsJsonObject(route.path())
                .getAsJsonObject(route.verb().name().toLowerCase(Locale.ROOT));
    }

    /** The least that the description says a call's body must have; where bytes are read, a picture. */
    private byte[] body(JsonObject document, Route route) {
        return switch (route.body().content()) {
            case NOTHING -> new byte[0];
            case JSON -> json(document, route).getBytes(StandardCharsets.UTF_8);
            case BYTES, LARGE -> PICTURE;
        };
    }

    private String json(JsonObject document, Route route) {
        JsonObject operation = operation(document, route);
        JsonObject content = operation.getAsJsonObject("requestBody").getAsJsonObject("content");
        JsonElement json = content.get("application/json");
        return json == null
                ? ""
                : example(document, json.getAsJsonObject().getAsJsonObject("schema"))
                        .toString()
                        .replace("\"userId\":\"x\"", "\"userId\":\"" + host.userId() + "\"");
    }

    private static JsonElement example(JsonObject document, JsonObject schema) {
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").getAsString();
            return example(
                    document,
                    document.getAsJsonObject("components")
                            .getAsJsonObject("schemas")
                            .getAsJsonObject(reference.substring(reference.lastIndexOf('/') + 1)));
        }
        if (schema.has("example")) {
            return schema.get("example");
        }
        if (schema.has("enum")) {
            return schema.getAsJsonArray("enum").get(0);
        }
        return switch (schema.has("type") ? schema.get("type").getAsString() : "string") {
            case "object" -> {
                JsonObject object = new JsonObject();
                if (schema.has("required")) {
                    schema.getAsJsonArray("required")
                            .forEach(
                                    name ->
                                            object.add(
                                                    name.getAsString(),
                                                    example(
                                                            document,
                                                            schema.getAsJsonObject("properties")
                                                                    .getAsJsonObject(
                                                                            name.getAsString()))));
                }
                yield object;
            }
            case "array" -> new JsonArray();
            case "integer" -> new JsonPrimitive(0);
            case "boolean" -> new JsonPrimitive(false);
            default -> new JsonPrimitive("x");
        };
    }

    private static String head() {
        return """
        # Who may call what

        Written by a test that tries each call of the interface as six people and fails when the answers differ from this table.
        If the new answers are right, write it anew:

            %s

        The people: somebody without a session; a person who does not belong to the room; a member, who also wrote the messages;
        a member with the role moderator; a member with the role admin; a member who owns the server. All hold what a new server
        gives them, in a room that somebody else made. The least body that the description asks for is sent.

        2xx: done. 401: not signed in. 403: not allowed. 404: not there, or not to be known of. Other answers come from the
        call's input or state: who gets them is allowed to call. The WebSocket /api/v1/realtime asks for a session in its first
        frame, and tells of rooms to those only who may read them.

        | call | needs | %s |
        |---|---|%s
        """
                .formatted(REGENERATE, String.join(" | ", PEOPLE), "---|".repeat(PEOPLE.size()));
    }

    /** A room of its own for each call, so that no call sees what another one did. */
    private final class Stage {

        private final RoomId roomId;
        private final String userId;

        Stage(Route route) {
            if (route.path().contains("/emoji/{name}")) {
                person("owner")
                        .send(
                                "POST",
                                "/api/v1/emoji?name=none",
                                BodyPublishers.ofByteArray(PICTURE));
            }
            String room = host.createRoom();
            people.forEach(
                    (person, client) -> {
                        if (!person.equals("anonymous") && !person.equals("non-member")) {
                            client.post(room + "/join");
                        }
                    });
            TestClient author = person(AUTHOR);
            author.say(room, "root");
            author.post(room + "/messages", "{\"body\":\"reply\",\"threadRoot\":0}");
            roomId = new RoomId(room.substring(room.lastIndexOf('/') + 1));
            userId = host.userId();
        }

        String path(String template) {
            return template.replace("{room}", roomId.value())
                    .replace("{root}", "0")
                    .replace("{ordinal}", "0")
                    .replace("{emoji}", "%F0%9F%91%8D")
                    .replace("{role}", "moderator")
                    .replace("{user}", userId)
                    .replace("{group}", GroupId.LOBBY.value())
                    .replaceAll("\\{[A-Za-z]+}", "none");
        }
    }
}
