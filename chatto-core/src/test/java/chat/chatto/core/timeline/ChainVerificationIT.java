package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Verification.Damage;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.jetstream.NatsServerExtension;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done to the stored history behind the servers' backs is found. */
class ChainVerificationIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static final String LOG = "ROOMS_1";
    private static final UserId ANN = new UserId("Uann");
    private static final RoomId ONE = new RoomId("Rone");
    private static final RoomId TWO = new RoomId("Rtwo");

    private interface Change {
        void in(Connection connection) throws Exception;
    }

    @BeforeEach
    void empty() throws Exception {
        change(
                connection -> {
                    JetStreamManagement streams = connection.jetStreamManagement();
                    for (String stream : streams.getStreamNames()) {
                        streams.deleteStream(stream);
                    }
                });
    }

    @Test
    void findsNothingWrongWithAServerAtWork() throws Exception {
        try (TestServer server = TestServer.start(NATS.url())) {
            writeSomething(server);
            var writing = Thread.ofVirtual().start(() -> post(server, 300));

            Verification whileWriting = verify(server);
            writing.join();
            awaitFolded(server);
            Verification afterwards = verify(server);

            assertThat(whileWriting.damages()).isEmpty();
            assertThat(afterwards.damages()).isEmpty();
            assertThat(afterwards.rooms()).isEqualTo(2);
            assertThat(afterwards.roomsDone()).isEqualTo(2);
            assertThat(afterwards.pages()).isGreaterThan(6);
        }
    }

    @Test
    void findsNothingWrongWithAPurgedLog() throws Exception {
        try (TestServer server =
                TestServer.start(NATS.url(), InstantSource.system(), FoldingIT.eager())) {
            writeSomething(server);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> server.storage.rooms(1).read(ONE.value(), 0, 100).size() <= 4);

            Verification verification = verify(server);

            assertThat(verification.damages()).isEmpty();
            assertThat(verification.commits()).isLessThan(20);
            assertThat(verification.pages()).isGreaterThan(2);
        }
    }

    @Test
    void tellsHowMuchIsToBeFolded() throws Exception {
        try (TestServer server = TestServer.start(NATS.url())) {
            writeSomething(server);
            awaitFolded(server);

            assertThat(inspect(server).folding()).isEqualTo(new FoldingState(0, Optional.empty()));
        }
        try (var storage = NATS.open()) {
            EventLog log = storage.rooms(1);
            EventLog.Entry last = log.last(ONE.value()).orElseThrow();
            log.append(ONE.value(), last.sequence(), commit(last.sequence(), last.content()));

            FoldingState folding = new TimelineInspection(log, storage.pages(1)).folding();

            assertThat(folding.waiting()).isEqualTo(1);
            assertThat(folding.oldest()).isPresent();
        }
    }

    @Test
    void namesTheRoomThatACommitIsMissingFrom() throws Exception {
        written();
        long missing = sequences(ONE).get(2);

        change(connection -> connection.jetStreamManagement().deleteMessage(LOG, missing));

        assertThat(damages()).singleElement().satisfies(damage -> is(damage, ONE, missing));
    }

    @Test
    void namesTheRoomThatTheLastCommitIsMissingFrom() throws Exception {
        written();
        long missing = sequences(TWO).getLast();

        change(connection -> connection.jetStreamManagement().deleteMessage(LOG, missing));

        assertThat(damages()).singleElement().satisfies(damage -> is(damage, TWO, missing));
    }

    @Test
    void noticesALostCommitThatNobodyElseKnew() throws Exception {
        written();
        long lost;
        try (var storage = NATS.open()) {
            EventLog log = storage.rooms(1);
            long last = log.last(TWO.value()).orElseThrow().sequence();
            lost = log.append(TWO.value(), last, commit(last, new byte[0]));
        }

        change(connection -> connection.jetStreamManagement().deleteMessage(LOG, lost));

        assertThat(damages())
                .singleElement()
                .satisfies(
                        damage -> {
                            assertThat(damage.room()).isEmpty();
                            assertThat(damage.sequence()).isEqualTo(lost);
                        });
    }

    @Test
    void namesTheRoomWhoseCommitWasAltered() throws Exception {
        written();
        List<Long> sequences = sequences(ONE);
        long altered = sequences.get(1);

        change(
                connection -> {
                    JetStreamManagement streams = connection.jetStreamManagement();
                    StreamConfiguration configuration =
                            streams.getStreamInfo(LOG).getConfiguration();
                    List<byte[]> contents = new ArrayList<>();
                    List<String> subjects = new ArrayList<>();
                    long last = streams.getStreamInfo(LOG).getStreamState().getLastSequence();
                    for (long sequence = 1; sequence <= last; sequence++) {
                        var message = streams.getMessage(LOG, sequence);
                        subjects.add(message.getSubject());
                        contents.add(message.getData());
                    }
                    byte[] content = contents.get((int) altered - 1);
                    // A person's name inside the commit: it still can be read.
                    int letter = new String(content, StandardCharsets.ISO_8859_1).indexOf("Uann");
                    content[letter + 1] = 'b';
                    streams.deleteStream(LOG);
                    streams.addStream(configuration);
                    for (int i = 0; i < contents.size(); i++) {
                        connection.jetStream().publish(subjects.get(i), contents.get(i));
                    }
                });

        assertThat(damages())
                .singleElement()
                .satisfies(damage -> is(damage, ONE, sequences.get(2)));
    }

    @Test
    void namesTheRoomThatAPageIsMissingFrom() throws Exception {
        written();
        PageKey page = new PageKey(TimelineId.main(ONE), 1);
        try (var storage = NATS.open()) {
            storage.pages(1).remove(page.documentKey());
        }

        assertThat(damages())
                .singleElement()
                .satisfies(
                        damage -> {
                            assertThat(damage.room()).contains(ONE);
                            assertThat(damage.what()).contains(page.documentKey());
                        });
    }

    @Test
    void noticesALogThatIsOlderThanItsPages() throws Exception {
        written();

        change(
                connection -> {
                    JetStreamManagement streams = connection.jetStreamManagement();
                    StreamConfiguration configuration =
                            streams.getStreamInfo(LOG).getConfiguration();
                    streams.deleteStream(LOG);
                    streams.addStream(configuration);
                });

        assertThat(damages())
                .extracting(damage -> damage.room().orElseThrow())
                .containsExactlyInAnyOrder(ONE, TWO);
    }

    private static void is(Damage damage, RoomId room, long sequence) {
        assertThat(damage.room()).contains(room);
        assertThat(damage.sequence()).as(damage.what()).isEqualTo(sequence);
    }

    /** Two rooms with a few pages and a thread, folded, and no server running. */
    private static void written() throws InterruptedException {
        try (TestServer server = TestServer.start(NATS.url())) {
            writeSomething(server);
            awaitFolded(server);
        }
    }

    private static void writeSomething(TestServer server) {
        post(server, 70);
        for (int i = 0; i < 70; i++) {
            server.timelines.post(ANN, ONE, NewMessage.reply(0, "reply " + i), Optional.empty());
        }
        server.post(TWO, ANN, "the only one");
    }

    private static void post(TestServer server, int count) {
        for (int i = 0; i < count; i++) {
            server.post(ONE, ANN, "message " + i);
        }
    }

    private static void awaitFolded(TestServer server) {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                FoldProgress.read(server.storage.pages(1)).foldedThrough()
                                        >= server.storage.rooms(1).extent().last());
    }

    private static TimelineInspection inspect(TestServer server) {
        return new TimelineInspection(server.storage.rooms(1), server.storage.pages(1));
    }

    private static Verification verify(TestServer server) throws InterruptedException {
        return inspect(server).verify(_ -> {});
    }

    private static List<Damage> damages() throws InterruptedException {
        try (var storage = NATS.open()) {
            return new TimelineInspection(storage.rooms(1), storage.pages(1))
                    .verify(_ -> {})
                    .damages();
        }
    }

    private static List<Long> sequences(RoomId room) {
        try (var storage = NATS.open()) {
            return storage.rooms(1).read(room.value(), 0, 1_000).stream()
                    .map(EventLog.Entry::sequence)
                    .toList();
        }
    }

    /** A checkpoint after a commit. */
    private static byte[] commit(long after, byte[] content) {
        RoomTip tip = new RoomTip(after, ChainHash.after(content), 0);
        return CommitCodec.encode(new CommitId(1, 2), tip, 0, 1, List.of());
    }

    private static void change(Change change) throws Exception {
        Connection connection = Nats.connect(NATS.url());
        try {
            change.in(connection);
        } finally {
            connection.close();
        }
    }
}
