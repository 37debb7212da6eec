package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class ChainIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static final UserId ANN = new UserId("Uann");

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private final TimelineId main = TimelineId.main(room);

    @Test
    void everyCommitContinuesTheChain() throws InterruptedException {
        try (TestServer server = TestServer.start(NATS.url())) {
            for (int i = 0; i < 5; i++) {
                server.post(room, ANN, "message " + i);
            }

            RoomTip tip = RoomTip.EMPTY;
            for (var record : server.storage.rooms(1).read(room.value(), 0, 100)) {
                Commit commit = CommitCodec.decode(room, record.sequence(), record.content());
                assertThat(commit.previousSequence()).isEqualTo(tip.sequence());
                assertThat(commit.previousHash()).isEqualTo(tip.hash());
                tip = RoomTip.of(commit);
            }
            assertThat(tip.head()).isEqualTo(4);
        }
    }

    @Test
    void aForkedHistoryIsNeitherShownNorContinued() throws InterruptedException {
        try (TestServer server = TestServer.start(NATS.url())) {
            server.post(room, ANN, "genuine");
            var last = server.storage.rooms(1).last(room.value()).orElseThrow();
            var elsewhere = new RoomTip(last.sequence(), ChainHash.after(new byte[] {1}), 0);
            byte[] forged =
                    CommitCodec.encode(
                            new CommitId(1, 2),
                            elsewhere,
                            1,
                            3,
                            List.of(Samples.post(new MessageAddress(main, 1))));

            server.storage.rooms(1).append(room.value(), last.sequence(), forged);

            await().untilAsserted(() -> assertDamaged(() -> server.bodies(main)));
            assertDamaged(() -> server.post(room, ANN, "must not follow"));
            assertThat(server.storage.rooms(1).read(room.value(), 0, 100)).hasSize(2);
        }
    }

    @Test
    void aLostPageIsNotServedAsAnEmptyOne() throws InterruptedException {
        try (TestServer server = TestServer.start(NATS.url())) {
            for (int i = 0; i < 70; i++) {
                server.post(room, ANN, "message " + i);
            }
            String page = new PageKey(main, 0).documentKey();
            await().until(() -> server.storage.pages(1).get(page).isPresent());
            await().until(
                            () ->
                                    FoldProgress.read(server.storage.pages(1)).foldedThrough()
                                            >= server.storage.rooms(1).extent().last());
            server.storage.pages(1).remove(page);
        }
        try (TestServer later = TestServer.start(NATS.url())) {
            assertDamaged(() -> later.bodies(main));
        }
    }

    private static void assertDamaged(Runnable action) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(action::run)
                .satisfies(
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.HISTORY_DAMAGED));
    }
}
