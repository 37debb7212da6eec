package chat.chatto.core.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class PresenceIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    /** What is told at once comes well within this, and nothing that has to run out does. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final Duration EXPIRY =
            TestServer.QUICK_PRESENCE.timeToLive().plus(Duration.ofSeconds(2));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    /** Nobody of another test, who may still be there for a while. */
    private final UserId ada = new UserId("Uada" + PEOPLE.incrementAndGet());

    private final UserId ben = new UserId("Uben" + PEOPLE.incrementAndGet());

    private TestServer one;
    private TestServer other;

    @BeforeEach
    void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void showsOnAllServersWhoIsConnectedToAny() {
        Visit here = one.presence.arrive(ada, Activity.ACTIVE);
        Visit there = other.presence.arrive(ada, Activity.IDLE);
        awaitOnBoth(ada, PresenceState.ONLINE);

        here.report(Activity.IDLE);
        awaitOnBoth(ada, PresenceState.AWAY);
        there.report(Activity.ACTIVE);
        awaitOnBoth(ada, PresenceState.ONLINE);

        here.finish();
        there.report(Activity.IDLE);
        awaitOnBoth(ada, PresenceState.AWAY);
        there.finish();
        awaitOnBoth(ada, PresenceState.OFFLINE);
    }

    @Test
    void keepsThoseWhoMayComeBackInAMoment() {
        List<PresenceStatus> heard = hearing(other);
        one.presence.arrive(ada, Activity.ACTIVE).interrupt();
        one.presence.arrive(ben, Activity.ACTIVE).interrupt();
        awaitOnBoth(ben, PresenceState.ONLINE);
        one.presence.arrive(ada, Activity.ACTIVE);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(heard)
                                        .contains(PresenceStatus.offline(ben))
                                        .filteredOn(told -> told.user().equals(ada))
                                        .containsExactly(online(ada)));
    }

    @Test
    void tellsOfEveryChangeOnceAndOfNothingThatWasUndone() {
        List<PresenceStatus> heard = hearing(other);
        Visit visit = one.presence.arrive(ada, Activity.ACTIVE);
        await().atMost(AT_ONCE).until(() -> heard.contains(online(ada)));

        for (int i = 0; i < 100; i++) {
            visit.report(Activity.IDLE);
            visit.report(Activity.ACTIVE);
        }
        other.presence.arrive(ada, Activity.ACTIVE);
        one.presence.arrive(ben, Activity.ACTIVE);
        await().atMost(AT_ONCE).until(() -> heard.contains(online(ben)));

        assertThat(heard).containsOnlyOnce(online(ada)).contains(online(ben)).hasSizeLessThan(6);
    }

    @Test
    void sticksToWhatAPersonChoseUntilTheyChooseOtherwise() {
        List<PresenceSelection> heard = new CopyOnWriteArrayList<>();
        other.presence.onChoice(heard::add);
        Visit visit = one.presence.arrive(ada, Activity.ACTIVE);
        awaitOnBoth(ada, PresenceState.ONLINE);

        one.presence.choose(ada, PresenceChoice.DO_NOT_DISTURB);
        awaitOnBoth(ada, PresenceState.DO_NOT_DISTURB);
        visit.report(Activity.IDLE);
        other.presence.arrive(ada, Activity.ACTIVE);
        awaitOnBoth(ada, PresenceState.DO_NOT_DISTURB);
        assertThat(other.presence.status(ada).userSelected()).isTrue();

        other.presence.choose(ada, PresenceChoice.OFFLINE);
        awaitOnBoth(ada, PresenceState.OFFLINE);
        assertThat(one.presence.status(ada)).isEqualTo(PresenceStatus.offline(ada));
        assertThat(one.presence.choice(ada)).isEqualTo(PresenceChoice.OFFLINE);

        one.presence.choose(ada, PresenceChoice.AUTOMATIC);
        awaitOnBoth(ada, PresenceState.ONLINE);
        assertThat(heard)
                .extracting(PresenceSelection::choice)
                .containsExactly(
                        PresenceChoice.DO_NOT_DISTURB,
                        PresenceChoice.OFFLINE,
                        PresenceChoice.AUTOMATIC);
    }

    @Test
    void knowsChoicesAndThoseWhoAreThereAfterItsStart() throws InterruptedException {
        one.presence.arrive(ada, Activity.ACTIVE);
        one.presence.choose(ada, PresenceChoice.AWAY);
        awaitOnBoth(ada, PresenceState.AWAY);

        try (TestServer late = TestServer.start(nats.open())) {
            await().atMost(AT_ONCE)
                    .untilAsserted(
                            () ->
                                    assertThat(late.presence.status(ada))
                                            .isEqualTo(
                                                    new PresenceStatus(
                                                            ada, PresenceState.AWAY, true)));
        }
    }

    @Test
    void letsThePeopleOfACrashedServerRunOut() throws InterruptedException {
        TestServer crashing = TestServer.start(nats.open());
        crashing.presence.arrive(ada, Activity.ACTIVE);
        crashing.presence.arrive(ben, Activity.ACTIVE);
        one.presence.arrive(ben, Activity.ACTIVE);
        awaitOnBoth(ada, PresenceState.ONLINE);

        crashing.close(); // Nothing is taken back: what it wrote runs out as after a crash.

        awaitOnBoth(ada, PresenceState.ONLINE);
        await().atMost(EXPIRY)
                .untilAsserted(
                        () ->
                                assertThat(List.of(one, other))
                                        .allSatisfy(
                                                server ->
                                                        assertThat(state(server, ada))
                                                                .isEqualTo(PresenceState.OFFLINE)));
        assertThat(state(other, ben)).isEqualTo(PresenceState.ONLINE);
    }

    @Test
    void keepsPeopleForAsLongAsTheirServerLives() {
        one.presence.arrive(ada, Activity.ACTIVE);
        awaitOnBoth(ada, PresenceState.ONLINE);
        List<PresenceStatus> heard = hearing(other);

        await().during(EXPIRY)
                .atMost(EXPIRY.plus(PATIENCE))
                .untilAsserted(() -> assertThat(heard).isEmpty());
    }

    @Test
    void rebuildsEverythingWhenStorageLostItsMemory() throws InterruptedException {
        one.presence.arrive(ada, Activity.ACTIVE);
        other.presence.arrive(ben, Activity.IDLE);
        awaitOnBoth(ada, PresenceState.ONLINE);
        awaitOnBoth(ben, PresenceState.AWAY);
        List<PresenceStatus> heard = hearing(one);

        nats.kill();
        await().until(() -> !one.storage.status().connected());
        nats.restart();
        await().atMost(PATIENCE)
                .until(
                        () ->
                                one.storage.status().connected()
                                        && other.storage.status().connected());

        // Everything is there again long before anything would have to be repeated.
        try (TestServer late = TestServer.start(nats.open())) {
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> {
                                assertThat(state(late, ada)).isEqualTo(PresenceState.ONLINE);
                                assertThat(state(late, ben)).isEqualTo(PresenceState.AWAY);
                            });
        }
        assertThat(heard).isEmpty(); // Nobody noticed.
    }

    @Test
    void followsWhatHappensHereWhileStorageIsAway() {
        one.presence.arrive(ada, Activity.ACTIVE);
        awaitOnBoth(ada, PresenceState.ONLINE);
        nats.kill();
        try {
            await().until(() -> !other.storage.status().connected());

            other.presence.arrive(ben, Activity.ACTIVE);

            await().atMost(AT_ONCE).until(() -> state(other, ben) == PresenceState.ONLINE);
            await().during(EXPIRY)
                    .atMost(EXPIRY.plus(PATIENCE))
                    .until(() -> state(other, ada) == PresenceState.ONLINE);
        } finally {
            nats.restart();
        }
        await().atMost(PATIENCE).until(() -> state(one, ben) == PresenceState.ONLINE);
        assertThat(state(other, ada)).isEqualTo(PresenceState.ONLINE);
    }

    @Test
    void leavesOutWhatNobodyUnderstands() {
        one.storage
                .bucket(Bucket.PRESENCE)
                .put("stranger.0", "nonsense".getBytes(StandardCharsets.UTF_8));
        one.presence.arrive(ada, Activity.ACTIVE);

        awaitOnBoth(ada, PresenceState.ONLINE);
    }

    @Test
    void carriesTenThousandPeopleOnThreeServersInFewRecords() throws InterruptedException {
        List<UserId> people =
                IntStream.range(0, 10_000)
                        .mapToObj(n -> new UserId("Ucrowd%05d".formatted(n)))
                        .toList();
        try (TestServer third = TestServer.start(nats.open())) {
            List<TestServer> servers = List.of(one, other, third);
            for (int n = 0; n < people.size(); n++) {
                servers.get(n % 3).presence.arrive(people.get(n), Activity.ACTIVE);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(servers)
                                            .allSatisfy(
                                                    server ->
                                                            assertThat(crowd(server))
                                                                    .hasSameSizeAs(people)));

            assertThat(crowd(third)).extracting(PresenceStatus::user).isEqualTo(people);
            assertThat(servers.stream().mapToLong(server -> server.presence.refreshes()).sum())
                    .isLessThan(people.size() / 2);
        }
    }

    private static List<PresenceStatus> crowd(TestServer server) {
        List<PresenceStatus> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var part = server.presence.present(Presence.LIMIT, cursor);
            all.addAll(part.items());
            cursor = part.nextCursor();
        } while (cursor.isPresent());
        return all.stream().filter(status -> status.user().value().startsWith("Ucrowd")).toList();
    }

    /** What a server tells of Ada and Ben from now on. */
    private List<PresenceStatus> hearing(TestServer server) {
        List<PresenceStatus> heard = new CopyOnWriteArrayList<>();
        server.presence.onChange(
                changes ->
                        changes.stream()
                                .filter(told -> Set.of(ada, ben).contains(told.user()))
                                .forEach(heard::add));
        return heard;
    }

    private void awaitOnBoth(UserId user, PresenceState state) {
        await().atMost(AT_ONCE)
                .untilAsserted(
                        () -> {
                            assertThat(state(one, user)).isEqualTo(state);
                            assertThat(state(other, user)).isEqualTo(state);
                        });
    }

    private static PresenceState state(TestServer server, UserId user) {
        return server.presence.status(user).state();
    }

    private static PresenceStatus online(UserId user) {
        return new PresenceStatus(user, PresenceState.ONLINE, false);
    }
}
