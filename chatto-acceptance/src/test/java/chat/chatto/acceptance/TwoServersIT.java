package chat.chatto.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.client.Feed;
import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.client.Reply;
import chat.chatto.acceptance.client.Said;
import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Two servers on one NATS are one Chatto. */
class TwoServersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String SECRET_KEY = "0123456789abcdef0123456789abcdef0123456789abcdef";

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();
    @TempDir static Path directory;

    private static ChattoServer one;
    private static ChattoServer other;

    @BeforeAll
    static void startBoth() {
        one = ChattoServer.onNats(directory, nats.url(), SECRET_KEY).start();
        other = ChattoServer.onNats(directory, nats.url(), SECRET_KEY).start();
    }

    @AfterAll
    static void stopBoth() {
        assertThat(one.terminate()).isZero();
        assertThat(other.terminate()).isZero();
    }

    @Test
    void acceptsOnOneServerTheTokenOfTheOther() {
        Person ada = Person.register(one.uri(), "token.ada");

        JsonObject me = ada.on(other.uri()).get("/me").orFail().json();

        assertThat(me.getAsJsonObject("user").get("login").getAsString()).isEqualTo("token.ada");
    }

    @Test
    void signsInOnOneServerWhoRegisteredOnTheOther() {
        Person.register(one.uri(), "sign.in.ada");

        Person ada = Person.logIn(other.uri(), "SIGN.in.Ada");

        assertThat(ada.get("/me").status()).isEqualTo(200);
    }

    @Test
    void endsASessionOnBothServersWithinASecond() {
        Person ada = Person.register(one.uri(), "leaving.ada");
        Person elsewhere = ada.on(other.uri());
        elsewhere.get("/me").orFail();

        ada.post("/auth/logout", new JsonObject(), null).orFail();

        assertThat(ada.get("/me").status()).isEqualTo(401);
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(elsewhere.get("/me").status()).isEqualTo(401));
    }

    @Test
    void endsTheFeedOfASessionThatEndsOnTheOtherServerWithinASecond() {
        Person ada = Person.register(one.uri(), "listening.ada");
        try (Feed feed = Feed.of(ada.on(other.uri()))) {
            await().atMost(PATIENCE).until(feed::isReady);

            ada.post("/auth/logout", new JsonObject(), null).orFail();

            await().atMost(Duration.ofSeconds(1)).until(() -> !feed.isOpen());
            assertThat(feed.framesOf("closing"))
                    .singleElement()
                    .satisfies(
                            frame -> assertThat(frame.get("reconnect").getAsBoolean()).isFalse());
        }
    }

    @Test
    void tellsOnOneServerWhatIsPostedOnTheOther() {
        Person ada = Person.register(one.uri(), "live.ada");
        Person ben = Person.register(other.uri(), "live.ben");
        String room = ada.createRoom("live");
        ben.join(room);
        try (Feed feed = Feed.of(ben)) {
            await().atMost(PATIENCE).until(feed::isReady);

            ada.say(room, "Do you hear me?", Keys.next()).orFail();

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(feed.posted(room))
                                            .containsExactly(
                                                    new Said(0, "live.ada", "Do you hear me?")));
        }
    }

    @Test
    void numbersOnOneLineWhatIsPostedOnBothAtOnce() throws Exception {
        Person ada = Person.register(one.uri(), "race.ada");
        Person ben = Person.register(other.uri(), "race.ben");
        String room = ada.createRoom("race");
        ben.join(room);
        int each = 100;

        together(() -> sayNumbers(ada, room, each), () -> sayNumbers(ben, room, each));

        List<Said> said = ada.everything(room);
        assertThat(said)
                .extracting(Said::ordinal)
                .containsExactlyElementsOf(
                        IntStream.range(0, 2 * each).asLongStream().boxed().toList());
        assertThat(bodiesOf("race.ada", said)).isEqualTo(numbers(each));
        assertThat(bodiesOf("race.ben", said)).isEqualTo(numbers(each));
        assertThat(ben.everything(room)).isEqualTo(said);
    }

    @Test
    void resumesAFeedOnTheOtherServerWithoutLossOrDoubling() {
        Person ada = Person.register(one.uri(), "resuming.ada");
        String room = ada.createRoom("resuming");
        List<Said> heard = new ArrayList<>();
        String cursor;
        try (Feed feed = Feed.of(ada)) {
            await().atMost(PATIENCE).until(feed::isReady);
            sayNumbers(ada, room, 20);
            await().atMost(PATIENCE).until(() -> feed.posted(room).size() >= 10);
            heard.addAll(feed.posted(room).subList(0, 10));
            cursor = feed.framesOf("message.posted").get(9).get("cursor").getAsString();
        }

        sayNumbers(ada, room, 20);
        try (Feed feed = Feed.resume(ada.on(other.uri()), cursor)) {
            await().atMost(PATIENCE).until(feed::isReady);
            sayNumbers(ada, room, 20);
            await().atMost(PATIENCE)
                    .until(() -> feed.posted(room).stream().anyMatch(said -> said.ordinal() == 59));

            assertThat(feed.framesOf("ready").getFirst().get("resumed").getAsBoolean()).isTrue();
            heard.addAll(feed.posted(room));
        }

        assertThat(heard).isEqualTo(ada.everything(room));
    }

    /** As a load balancer spreads one person's calls that follow each other closely. */
    @Test
    void knowsOnOneServerAtOnceWhatWasDoneOnTheOther() {
        for (int round = 0; round < 10; round++) {
            Person ada = Person.register(one.uri(), "swift.ada." + round);
            Person elsewhere = ada.on(other.uri());
            String room = elsewhere.createRoom("swift " + round);
            Person ben = Person.register(other.uri(), "swift.ben." + round);
            ben.on(one.uri()).join(room);

            JsonObject asked = ben.say(room, "Are you there?", Keys.next()).orFail().json();
            String path = "/rooms/" + room + "/messages/" + asked.get("ordinal").getAsLong();
            ada.get(path).orFail();
            JsonObject position = new JsonObject();
            position.add("ordinal", asked.get("ordinal"));
            JsonObject read = ada.put("/rooms/" + room + "/read", position).orFail().json();
            assertThat(read.get("readOrdinal")).isEqualTo(asked.get("ordinal"));
            assertThat(read.get("unread").getAsLong()).isZero();

            JsonObject answer = ada.say(room, "I am", Keys.next()).orFail().json();
            JsonObject changed = new JsonObject();
            changed.addProperty("body", "I am here");
            elsewhere
                    .patch(
                            "/rooms/" + room + "/messages/" + answer.get("ordinal").getAsLong(),
                            changed)
                    .orFail();
            JsonObject reply = new JsonObject();
            reply.addProperty("body", "Good");
            reply.add("replyTo", answer.get("ordinal"));
            ben.post("/rooms/" + room + "/messages", reply, Keys.next().toString()).orFail();
            assertThat(
                            ada.get("/rooms/" + room + "/members")
                                    .orFail()
                                    .json()
                                    .getAsJsonArray("members"))
                    .hasSize(2);

            elsewhere.post("/auth/logout", new JsonObject(), null).orFail();
            Person again = Person.logIn(one.uri(), ada.login());
            again.on(other.uri()).get("/me").orFail();
        }
    }

    @Test
    void letsOneOfTwoHaveALoginThatBothWantAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            String login = "wanted" + round;

            List<Reply> replies =
                    together(
                            () -> Person.tryToRegister(one.uri(), login),
                            () ->
                                    Person.tryToRegister(
                                            other.uri(), login.toUpperCase(Locale.ROOT)));

            assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(201, 409);
        }
    }

    private static List<String> sayNumbers(Person person, String room, int count) {
        for (String body : numbers(count)) {
            person.say(room, body, Keys.next()).orFail();
        }
        return numbers(count);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static List<String> bodiesOf(String login, List<Said> said) {
        return said.stream().filter(one -> one.login().equals(login)).map(Said::body).toList();
    }

    private static <T> List<T> together(Callable<T> first, Callable<T> second) throws Exception {
        List<T> results = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : threads.invokeAll(List.of(first, second))) {
                results.add(result.get());
            }
        }
        return results;
    }
}
