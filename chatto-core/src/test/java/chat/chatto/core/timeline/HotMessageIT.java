package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thousand people add and take back reactions under one message at once, through two servers. */
class HotMessageIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static final UserId ANN = new UserId("Uann");
    private static final int PEOPLE = 1_000;
    private static final int CHANGES = 6;
    private static final List<String> EMOJI = List.of("👍", "🎉", "😀");
    private static final int PAYLOAD = 1 << 20;

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private final MessageAddress hot = new MessageAddress(TimelineId.main(room), 0);

    /** Who reacted with what in the end. */
    private record Stands(UserId user, String emoji) {}

    @Test
    void endsEverywhereAsTheCommitsSay() throws Exception {
        try (TestServer one = TestServer.start(NATS.url());
                TestServer two = TestServer.start(NATS.url())) {
            one.post(room, ANN, "hot");
            Set<Stands> expected = reactAtOnce(one, two);

            List<Reaction> committed = committed(one);
            assertThat(standing(committed)).isEqualTo(expected);
            for (TestServer server : List.of(one, two)) {
                await().untilAsserted(() -> assertThat(reactions(server)).isEqualTo(committed));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> folded(one));
            assertThat(largestDocument(one)).isLessThan(PAYLOAD);
            try (TestServer restarted = TestServer.start(NATS.url())) {
                assertThat(reactions(restarted)).isEqualTo(committed);
            }
        }
    }

    private Set<Stands> reactAtOnce(TestServer one, TestServer two) throws Exception {
        List<Callable<Set<Stands>>> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            UserId user = new UserId("U%013d".formatted(i));
            TestServer server = i % 2 == 0 ? one : two;
            int seed = i;
            people.add(() -> react(server, user, new Random(seed)));
        }
        Set<Stands> standing = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Set<Stands>> person : threads.invokeAll(people)) {
                standing.addAll(person.get());
            }
        }
        return standing;
    }

    private Set<Stands> react(TestServer server, UserId user, Random random) {
        Set<Stands> standing = new HashSet<>();
        for (int i = 0; i < CHANGES; i++) {
            var change = new Stands(user, EMOJI.get(random.nextInt(EMOJI.size())));
            boolean added = standing.add(change);
            if (!added) {
                standing.remove(change);
            }
            server.timelines.react(user, hot, change.emoji(), added);
        }
        return standing;
    }

    /** What the log itself says. */
    private List<Reaction> committed(TestServer server) {
        Page page = Page.empty(PageKey.of(hot));
        long after = 0;
        while (true) {
            var records = server.storage.rooms(1).read(room.value(), after, 100);
            if (records.isEmpty()) {
                return page.entry(0).orElseThrow().reactions();
            }
            for (var record : records) {
                page = page.apply(CommitCodec.decode(room, record.sequence(), record.content()));
                after = record.sequence();
            }
        }
    }

    private static Set<Stands> standing(List<Reaction> reactions) {
        Set<Stands> standing = new HashSet<>();
        for (Reaction reaction : reactions) {
            reaction.users().forEach(user -> standing.add(new Stands(user, reaction.emoji())));
        }
        return standing;
    }

    private List<Reaction> reactions(TestServer server) {
        return server.timelines.message(ANN, hot).reactions();
    }

    private static boolean folded(TestServer server) {
        return FoldProgress.read(server.storage.pages(1)).foldedThrough()
                >= server.storage.rooms(1).extent().last();
    }

    private int largestDocument(TestServer server) {
        return server.storage
                .pages(1)
                .get(PageKey.of(hot).documentKey())
                .map(KeyValueStore.Entry::value)
                .orElseThrow()
                .length;
    }
}
