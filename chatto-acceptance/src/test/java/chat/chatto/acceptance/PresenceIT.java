package chat.chatto.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.client.Feed;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;
import java.time.Duration;

/** Who is there is known on every server, and forgotten when a server dies. */
// Beside other classes, but one test after the other.
@Execution(ExecutionMode.CONCURRENT)
class PresenceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String SECRET_KEY = "0123456789abcdef0123456789abcdef0123456789abcdef";

    /** An entry lives for 60 seconds from when the server that died last repeated it. */
    private static final Duration EXPIRY = Duration.ofSeconds(65);

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
    @Execution(ExecutionMode.SAME_THREAD)
    void letsThePeopleOfAKilledServerGoOfflineUnlessTheyAreElsewhere() {
        Person ada = Person.register(one.uri(), "killed.ada");
        Person ben = Person.register(one.uri(), "killed.ben");
        Person eve = Person.register(other.uri(), "killed.eve");
        try (Feed watching = ready(Feed.of(eve));
                Feed _ = ready(Feed.of(ada));
                Feed _ = ready(Feed.of(ben));
                Feed _ = ready(Feed.of(ben.on(other.uri())))) {
            watching.watch(ada.id(), ben.id());
            awaitPresence(watching, ada.id(), "online");
            awaitPresence(watching, ben.id(), "online");
            String adaId = ada.id();

            one.kill();

            await().atMost(EXPIRY).until(() -> watching.presenceOf(adaId).equals("offline"));
            assertThat(watching.presenceOf(ben.on(other.uri()).id())).isEqualTo("online");
        } finally {
            one.start();
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void knowsEverybodyAgainSoonAfterNatsLostItsMemory() {
        Person ada = Person.register(one.uri(), "lost.ada");
        Person eve = Person.register(other.uri(), "lost.eve");
        String adaId = ada.id();
        try (Feed _ = ready(Feed.of(ada));
                Feed watching = ready(Feed.of(eve))) {
            ada.choosePresence("doNotDisturb");
            watching.watch(adaId);
            awaitPresence(watching, adaId, "doNotDisturb");
            int toldBefore = watching.framesOf("presence.changed").size();

            nats.kill();
            nats.restart();
            one.awaitReady();
            other.awaitReady();

            ChattoServer late = ChattoServer.onNats(directory, nats.url(), SECRET_KEY).start();
            try (Feed fresh = ready(Feed.of(eve.on(late.uri())))) {
                fresh.watch(adaId);
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> fresh.presenceOf(adaId).equals("doNotDisturb"));
            } finally {
                assertThat(late.terminate()).isZero();
            }
            assertThat(watching.framesOf("presence.changed").stream().skip(toldBefore))
                    .allSatisfy(
                            frame ->
                                    assertThat(frame.toString())
                                            .doesNotContain("\"state\":\"offline\""));
        }
    }

    private static Feed ready(Feed feed) {
        await().atMost(PATIENCE).until(feed::isReady);
        return feed;
    }

    private static void awaitPresence(Feed feed, String userId, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(feed.presenceOf(userId)).isEqualTo(state));
    }
}
