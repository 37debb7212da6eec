package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.jetstream.JetStreamConfig;
import chat.chatto.storage.jetstream.JetStreamStorage;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class FoldingIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static final UserId ANN = new UserId("Uann");
    private static final UserId BEN = new UserId("Uben");

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private final TimelineId main = TimelineId.main(room);

    /** Folds and purges at once whatever there is. */
    static TimelineLimits eager() {
        TimelineLimits limits = TimelineLimits.standard();
        return new TimelineLimits(
                limits.pageCacheBytes(),
                limits.ringBytes(),
                3,
                limits.ringAge(),
                limits.unfoldedBytes(),
                limits.rememberedKeys(),
                limits.spillBytes(),
                limits.commitEvents(),
                limits.commitBytes(),
                limits.roomQueue(),
                limits.writeTimeout(),
                Duration.ofMillis(20));
    }

    /** So little memory for pages that every one of them is read from the file or from storage. */
    private static TimelineLimits withoutMemory() {
        TimelineLimits limits = eager();
        return new TimelineLimits(
                1,
                limits.ringBytes(),
                limits.ringCommits(),
                limits.ringAge(),
                limits.unfoldedBytes(),
                limits.rememberedKeys(),
                limits.spillBytes(),
                limits.commitEvents(),
                limits.commitBytes(),
                limits.roomQueue(),
                limits.writeTimeout(),
                limits.foldInterval());
    }

    private static TestServer start() throws InterruptedException {
        return TestServer.start(NATS.url(), InstantSource.system(), eager());
    }

    @Test
    void aFolderKilledBetweenAnyTwoOfItsWritesLosesAndDoublesNothing() throws InterruptedException {
        List<String> expected = new ArrayList<>();
        int writes = 0;
        boolean crashed = true;
        while (crashed) {
            var crashing =
                    new CrashingStorage(
                            JetStreamStorage.open(JetStreamConfig.local(NATS.url())), writes++);
            try (TestServer server = TestServer.start(crashing, InstantSource.system(), eager())) {
                postABit(server, expected);
                await().until(() -> crashing.crashed() || folded(server));
                crashed = crashing.crashed();
                assertThat(server.bodies(main)).isEqualTo(expected);
            }
            try (TestServer reader = TestServer.start(NATS.url())) {
                assertThat(reader.bodies(main)).isEqualTo(expected);
            }
        }
        assertThat(writes).as("the crash points that were tried").isGreaterThan(5);
        try (TestServer server = start()) {
            await().until(() -> folded(server));
            assertThat(server.bodies(main)).isEqualTo(expected);
            assertThat(server.bodies(TimelineId.thread(room, 0)))
                    .hasSize(writes)
                    .doesNotHaveDuplicates();
            assertThat(server.timelines.message(ANN, new MessageAddress(main, 1)).reactions())
                    .containsExactly(new Reaction("👍", List.of(BEN)));
            assertThat(server.timelines.pins(ANN, room, 100, Optional.empty()).items())
                    .hasSize(writes)
                    .allSatisfy(message -> assertThat(message.ordinal() % 3).isEqualTo(2));
        }
    }

    private void postABit(TestServer server, List<String> expected) {
        int round = expected.size() / 3;
        for (int i = 0; i < 3; i++) {
            String body = "round " + round + ", message " + i;
            assertThat(server.post(room, ANN, body).ordinal()).isEqualTo(expected.size());
            expected.add(body);
        }
        server.timelines.post(
                BEN, room, NewMessage.reply(0, "reply in round " + round), Optional.empty());
        var edited = new MessageAddress(main, 3L * round);
        server.timelines.edit(ANN, edited, "edited " + round);
        expected.set(3 * round, "edited " + round);
        server.timelines.react(BEN, new MessageAddress(main, 1), "👍", true);
        server.timelines.pin(BEN, new MessageAddress(main, 3L * round + 2), true);
    }

    /** Whether everything is in the pages and the log is down to the rooms' last commits. */
    private static boolean folded(TestServer server) {
        var log = server.storage.rooms(1);
        FoldProgress progress = FoldProgress.read(server.storage.pages(1));
        return progress.foldedThrough() >= log.extent().last();
    }

    @Test
    void theLogIsPurgedDownToTheLastCommitAndNothingIsMissing() throws InterruptedException {
        List<String> expected = IntStream.range(0, 200).mapToObj(i -> "message " + i).toList();
        try (TestServer server = start()) {
            expected.forEach(body -> server.post(room, ANN, body));

            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(
                            () ->
                                    assertThat(server.storage.rooms(1).read(room.value(), 0, 100))
                                            .hasSizeLessThanOrEqualTo(4));
            assertThat(server.bodies(main)).isEqualTo(expected);
        }
        try (TestServer later = start()) {
            assertThat(later.bodies(main)).isEqualTo(expected);
            assertThat(later.post(room, ANN, "goes on").ordinal()).isEqualTo(200);
        }
    }

    @Test
    void theLogKeepsWhatItsLastingReaderHasNotDealtWith() throws InterruptedException {
        try (TestServer server = start();
                Shard shard = shardOf(server)) {
            ActivityFeed feed = server.timelines.activity(1);
            feed.begin();
            for (int i = 0; i < 20; i++) {
                server.post(room, ANN, "message " + i);
            }
            shard.start();
            var folder = new Folder(shard, InstantSource.system(), eager(), (_, _) -> {});
            folder.fold();
            folder.purge();
            assertThat(server.storage.rooms(1).read(room.value(), 0, 100)).hasSize(20);

            feed.advance(Long.MAX_VALUE); // Nor does it hold up the other tests.
            folder.purge();
            assertThat(server.storage.rooms(1).read(room.value(), 0, 100))
                    .hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void twoFoldersAtOnceDoNoHarm() throws InterruptedException {
        try (TestServer one = start();
                TestServer two = start()) {
            for (int i = 0; i < 100; i++) {
                (i % 2 == 0 ? one : two).post(room, ANN, "message " + i);
                two.timelines.react(BEN, new MessageAddress(main, i / 2), "👍", true);
            }
            // Whoever does not hold the lease is a folder that was paused and does not know that it
            // lost it.
            for (TestServer server : List.of(one, two)) {
                try (var shard = shardOf(server)) {
                    shard.start();
                    new Folder(shard, InstantSource.system(), eager(), (_, _) -> {}).fold();
                }
            }
            await().until(() -> folded(one));
        }
        try (TestServer later = TestServer.start(NATS.url())) {
            List<Message> messages = later.read(main);
            assertThat(messages)
                    .extracting(Message::body)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(i -> "message " + i).toList());
            assertThat(messages.subList(0, 50))
                    .allSatisfy(
                            message ->
                                    assertThat(message.reactions())
                                            .containsExactly(new Reaction("👍", List.of(BEN))));
        }
    }

    /** What a server knows that does not hold the lease. */
    static Shard shardOf(TestServer server) {
        return new Shard(
                1,
                server.storage.rooms(1),
                server.storage.pages(1),
                new PageCache(1 << 20),
                new PageFile(PageFileConfig.none()),
                new KeyWindow(1_000),
                eager());
    }

    @Test
    void aPageFromTheFileIsAsNewAsItsRoom() throws InterruptedException {
        try (TestServer one =
                        TestServer.start(NATS.url(), InstantSource.system(), withoutMemory());
                TestServer other = start()) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 3 * PageKey.SIZE; i++) {
                expected.add("message " + i);
                one.post(room, ANN, "message " + i);
            }
            for (int round = 0; round < 3; round++) {
                await().atMost(Duration.ofSeconds(30)).until(() -> folded(one));
                assertThat(one.bodies(main)).isEqualTo(expected);
                for (int i = round; i < expected.size(); i += 40) {
                    expected.set(i, "edited " + round + " " + i);
                    other.timelines.edit(ANN, new MessageAddress(main, i), expected.get(i));
                }
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(one.bodies(main)).isEqualTo(expected));
            }
        }
    }

    @Test
    void aPageOfTheLargestBodiesSpillsAndReadsBackWhole() throws InterruptedException {
        List<String> bodies =
                IntStream.range(0, 70)
                        .mapToObj(
                                i ->
                                        new String(Character.toChars(0x1F600 + i % 50))
                                                .repeat(NewMessage.BODY_CHARACTERS))
                        .toList();
        try (TestServer server = start()) {
            bodies.forEach(body -> server.post(room, ANN, body));
            await().atMost(Duration.ofSeconds(30)).until(() -> folded(server));
        }
        try (var storage = JetStreamStorage.open(JetStreamConfig.local(NATS.url()))) {
            KeyValueStore pages = storage.pages(1);
            byte[] document = pages.get(new PageKey(main, 0).documentKey()).orElseThrow().value();
            assertThat(document.length).isLessThan(600_000);
            KnownPage page = new PageStore(pages, 512 << 10).load(new PageKey(main, 0));
            assertThat(page.spilled()).hasSizeGreaterThan(40);
        }
        try (TestServer later = start()) {
            assertThat(later.bodies(main)).isEqualTo(bodies);
            var first = new MessageAddress(main, 0);
            later.timelines.edit(ANN, first, "short now");
            later.timelines.delete(ANN, new MessageAddress(main, 1));
            await().until(() -> folded(later));
            KnownPage page =
                    new PageStore(later.storage.pages(1), 512 << 10).load(new PageKey(main, 0));
            assertThat(page.spilled()).doesNotContainKeys(0L, 1L);
            assertThat(page.page().entry(1).orElseThrow().sealedBody()).isEmpty();
        }
    }
}
