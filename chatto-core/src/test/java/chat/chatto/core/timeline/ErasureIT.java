package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What was deleted is gone from storage once it was folded. */
class ErasureIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static final UserId ANN = new UserId("Uann");

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private final TimelineId main = TimelineId.main(room);
    private final String secret = "grep-for-me-" + System.nanoTime();

    @Test
    void noStoredMessageHoldsADeletedBodyOnceItWasFoldedAndPurged() throws Exception {
        // Its own folder leaves the log alone for minutes: what it holds can be looked at.
        try (TestServer server = TestServer.start(NATS.url())) {
            server.post(room, ANN, "root");
            Message posted = server.post(room, ANN, secret);
            Message large = server.post(room, ANN, secret + "x".repeat(9_000));
            Message reply = reply(server, NewMessage.replyToAll(0, secret + " to all"));
            Message copy =
                    reply(server, NewMessage.forward(server.post(room, ANN, secret).address()));
            server.timelines.edit(ANN, posted.address(), secret + " edited");
            // All but the root's, which stays.
            List<byte[]> sealed = sealedBodies(server).stream().skip(1).toList();
            assertThat(sealed).hasSizeGreaterThanOrEqualTo(6);
            fold(server);
            assertThat(holdsAny(stored(server), sealed)).isTrue();

            for (Message message : List.of(posted, large, reply, copy)) {
                server.timelines.delete(ANN, message.address());
            }
            server.timelines.delete(ANN, new MessageAddress(main, copy.ordinal() - 1));
            fold(server);

            await().atMost(Duration.ofSeconds(5)).until(() -> !holdsAny(stored(server), sealed));
            assertThat(server.bodies(main).getFirst()).isEqualTo("root");
            assertThat(server.bodies(main).stream().skip(1))
                    .allSatisfy(body -> assertThat(body).isEmpty());
            assertThat(filesWith(secret)).isEmpty();
        }
    }

    @Test
    void aBodyDeletedInTheCommitThatBringsItIsNotWritten() throws InterruptedException {
        try (TestServer server = TestServer.start(NATS.url());
                var shard = FoldingIT.shardOf(server)) {
            var draft =
                    new Draft(
                            RoomTip.EMPTY,
                            2_000,
                            Page::empty,
                            () -> PinBoard.empty(room),
                            new IdempotencyKeys(shard));
            draft.add(Samples.post(Samples.main(0)));
            draft.add(
                    new Event.Edit(Samples.main(0), ANN, 2_000, new byte[] {4, 5}, Mentions.NONE));
            draft.add(new Event.Delete(Samples.main(0), ANN, 2_000, List.of()));

            assertThat(draft.events().stream().flatMap(ErasureIT::bodies))
                    .allSatisfy(body -> assertThat(body).isEmpty())
                    .hasSize(2);
            assertThat(draft.entry(Samples.main(0)).orElseThrow().deleted()).isTrue();
        }
    }

    private Message reply(TestServer server, NewMessage message) {
        return server.timelines.post(ANN, room, message, Optional.empty()).message();
    }

    /** As a server that holds the lease does, at once instead of now and then. */
    private void fold(TestServer server) throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            server.timelines.react(ANN, new MessageAddress(main, 0), "👍", i % 2 == 0);
        }
        try (var shard = FoldingIT.shardOf(server)) {
            shard.start();
            var folder = new Folder(shard, InstantSource.system(), FoldingIT.eager(), (_, _) -> {});
            folder.fold();
            folder.purge();
        }
    }

    private List<byte[]> sealedBodies(TestServer server) {
        return server.storage.rooms(1).read(room.value(), 0, 1_000).stream()
                .map(entry -> CommitCodec.decode(room, entry.sequence(), entry.content()))
                .flatMap(commit -> bodies(commit).stream())
                .filter(body -> body.length > 0)
                .toList();
    }

    private static List<byte[]> bodies(Commit commit) {
        return commit.events().stream().flatMap(ErasureIT::bodies).toList();
    }

    private static Stream<byte[]> bodies(Event event) {
        return switch (event) {
            case Event.Post post ->
                    Stream.concat(
                            Stream.of(post.sealedBody()),
                            post.forward().stream().map(Forward::sealedBody));
            case Event.Edit edit -> Stream.of(edit.sealedBody());
            case Event.Delete _, Event.Detach _, Event.React _, Event.Pin _, Event.Follow _ ->
                    Stream.empty();
        };
    }

    /** Every message of the log and every document of the room. */
    private List<byte[]> stored(TestServer server) throws InterruptedException {
        List<byte[]> all = new ArrayList<>();
        server.storage
                .rooms(1)
                .read(room.value(), 0, 1_000)
                .forEach(entry -> all.add(entry.content()));
        Map<String, byte[]> documents = new ConcurrentHashMap<>();
        try (var watch =
                server.storage
                        .pages(1)
                        .watch(
                                room.value(),
                                change -> {
                                    if (change instanceof KeyValueStore.Change.Put put) {
                                        documents.put(put.key(), put.value());
                                    }
                                })) {
            watch.awaitCurrent(Duration.ofSeconds(5));
        }
        assertThat(documents).isNotEmpty();
        all.addAll(documents.values());
        return all;
    }

    private static boolean holdsAny(List<byte[]> all, List<byte[]> sealed) {
        List<String> wanted = sealed.stream().map(ErasureIT::text).toList();
        return all.stream()
                .map(ErasureIT::text)
                .anyMatch(have -> wanted.stream().anyMatch(have::contains));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var files = Files.walk(NATS.storageDirectory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (text(Files.readAllBytes(file)).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
