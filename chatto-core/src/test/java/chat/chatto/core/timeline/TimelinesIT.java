package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.kms.KeyOwner;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

class TimelinesIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static final UserId ANN = new UserId("Uann");
    private static final UserId BEN = new UserId("Uben");

    private static TestServer one;
    private static TestServer two;

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private final TimelineId main = TimelineId.main(room);

    @BeforeAll
    static void startServers() throws InterruptedException {
        one = TestServer.start(NATS.url());
        two = TestServer.start(NATS.url());
    }

    @AfterAll
    static void stopServers() {
        two.close();
        one.close();
    }

    @Test
    void numbersMessagesAndShowsThemInOrder() {
        for (int i = 0; i < 150; i++) {
            assertThat(one.post(room, ANN, "message " + i).ordinal()).isEqualTo(i);
        }

        MessagePage around = one.timelines.page(BEN, main, new Position.Around(70), 20);

        assertThat(around.messages()).extracting(Message::ordinal).containsExactly(longs(60, 79));
        assertThat(around.messages()).extracting(Message::body).startsWith("message 60");
        assertThat(around.head()).isEqualTo(149);
        assertThat(around.hasOlder()).isTrue();
        assertThat(around.hasNewer()).isTrue();
        assertThat(one.bodies(main))
                .containsExactlyElementsOf(
                        IntStream.range(0, 150).mapToObj(i -> "message " + i).toList());
    }

    @Test
    void twoServersPostIntoOneRoomWithoutLossDoublingOrHoles() throws Exception {
        int each = 40;
        Set<String> sent = new HashSet<>();
        List<Callable<Void>> posters = new ArrayList<>();
        for (int poster = 0; poster < 16; poster++) {
            TestServer server = poster % 2 == 0 ? one : two;
            String name = "poster-" + poster;
            IntStream.range(0, each).forEach(i -> sent.add(name + "-" + i));
            posters.add(
                    () -> {
                        for (int i = 0; i < each; i++) {
                            server.post(room, ANN, name + "-" + i);
                        }
                        return null;
                    });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> poster : threads.invokeAll(posters)) {
                poster.get();
            }
        }

        await().untilAsserted(() -> assertThat(two.bodies(main)).hasSameSizeAs(sent));
        assertThat(one.bodies(main)).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(two.bodies(main)).isEqualTo(one.bodies(main));
        assertThat(one.bodies(main))
                .filteredOn(body -> body.startsWith("poster-3-"))
                .containsExactlyElementsOf(
                        IntStream.range(0, each).mapToObj(i -> "poster-3-" + i).toList());
    }

    @Test
    void editsDeletesAndReactsThroughAnotherServer() {
        Message message = one.post(room, ANN, "first");

        Message edited = two.timelines.edit(ANN, message.address(), "second").message();
        Message reacted = two.timelines.react(BEN, message.address(), "👍", true);

        assertThat(edited.body()).isEqualTo("second");
        assertThat(edited.editedAt()).isPresent();
        assertThat(reacted.reactions()).containsExactly(new Reaction("👍", List.of(BEN)));
        two.timelines.delete(ANN, message.address());
        Message deleted = two.timelines.message(BEN, message.address());
        assertThat(deleted.body()).isEmpty();
        assertThat(deleted.deletedAt()).isPresent();
        assertThat(deleted.reactions()).isEmpty();
    }

    @Test
    void onlyAuthorsEditAndOnlyModeratorsDeleteWhatOthersWrote() {
        Message message = one.post(room, ANN, "mine");

        assertRefused(ErrorCode.FORBIDDEN, () -> one.timelines.edit(BEN, message.address(), "no"));
        assertRefused(ErrorCode.FORBIDDEN, () -> one.timelines.delete(BEN, message.address()));
        one.timelines.delete(new UserId("Umoderator"), message.address());
        assertRefused(
                ErrorCode.NOT_FOUND, () -> one.timelines.edit(ANN, message.address(), "late"));
    }

    @Test
    void refusesWhatRefersToNothing() {
        one.post(room, ANN, "only one");
        var nowhere = new MessageAddress(main, 7);

        assertRefused(ErrorCode.NOT_FOUND, () -> one.timelines.edit(ANN, nowhere, "x"));
        assertRefused(ErrorCode.NOT_FOUND, () -> one.timelines.delete(ANN, nowhere));
        assertRefused(ErrorCode.NOT_FOUND, () -> one.timelines.message(ANN, nowhere));
        assertRefused(ErrorCode.INVALID, () -> one.timelines.react(ANN, nowhere, "no emoji", true));
        assertRefused(
                ErrorCode.INVALID,
                () ->
                        one.timelines.post(
                                ANN, room, NewMessage.reply(7, "to nobody"), Optional.empty()));
        assertRefused(ErrorCode.INVALID, () -> one.post(room, ANN, " \n "));
        assertRefused(ErrorCode.INVALID, () -> one.post(room, ANN, "x".repeat(10_001)));
        assertThat(one.post(room, ANN, "𝕏".repeat(10_000)).ordinal()).isEqualTo(1);
    }

    @Test
    void repliesFormATimelineOfTheirOwn() {
        Message root = one.post(room, ANN, "root");
        for (int i = 0; i < 70; i++) {
            TestServer server = i % 2 == 0 ? one : two;
            server.timelines.post(
                    BEN, room, NewMessage.reply(root.ordinal(), "reply " + i), Optional.empty());
        }

        assertThat(one.timelines.head(room)).isZero();
        List<String> replies = two.bodies(TimelineId.thread(room, root.ordinal()));
        assertThat(replies).hasSize(70).startsWith("reply 0", "reply 1").endsWith("reply 69");
        ThreadSummary summary = two.timelines.message(ANN, root.address()).thread().orElseThrow();
        assertThat(summary.replies()).isEqualTo(70);
        assertThat(summary.participants()).containsExactly(BEN);
    }

    @Test
    void listenersOnEveryServerHearOfEverythingInOrder() {
        var heard = new ConcurrentLinkedQueue<String>();
        Runnable end = two.timelines.listen(new Recorder(room, heard));

        Message message = one.post(room, ANN, "hello");
        one.timelines.edit(ANN, message.address(), "hallo");
        one.timelines.react(BEN, message.address(), "👍", true);
        one.timelines.delete(ANN, message.address());

        await().untilAsserted(() -> assertThat(heard).hasSize(4));
        assertThat(heard).first().isEqualTo("MessagePosted hello");
        assertThat(heard.stream().map(text -> text.substring(0, text.indexOf(' '))))
                .containsExactly(
                        "MessagePosted", "MessageEdited", "MessageReacted", "MessageDeleted");
        end.run();
    }

    @Test
    void aClientContinuesOnAnotherServerWhereItStopped() {
        Message seen = one.post(room, ANN, "seen");
        Cursor cursor =
                await().until(() -> one.timelines.cursor(1), now -> missed(one, now).isEmpty());
        assertThat(missed(one, new Cursor(1, cursor.sequence() - 1, 0)))
                .containsExactly(seen.body());
        one.post(room, ANN, "missed 1");
        one.post(room, ANN, "missed 2");

        await().untilAsserted(
                        () ->
                                assertThat(missed(two, cursor))
                                        .containsExactly("missed 1", "missed 2"));
        assertThat(two.timelines.resume(new Cursor(1, Long.MAX_VALUE / 2, 0), Set.of(room)))
                .isInstanceOf(Resumption.Expired.class);
    }

    private List<String> missed(TestServer server, Cursor since) {
        return switch (server.timelines.resume(since, Set.of(room))) {
            case Resumption.Continued missed ->
                    missed.events().stream().map(event -> event.message().body()).toList();
            case Resumption.Expired _ ->
                    throw new AssertionError("The cursor " + since + " has expired");
        };
    }

    @Test
    void aDestroyedKeyEmptiesWhatItsOwnerWrote() {
        var eve = new UserId("Ueve" + System.nanoTime());
        one.post(room, eve, "to be forgotten");
        one.post(room, BEN, "to be kept");

        one.keys.shred(new KeyOwner(eve.value()));

        await().untilAsserted(() -> assertThat(two.bodies(main)).containsExactly("", "to be kept"));
    }

    @Test
    void noBodyLiesOnTheDiskInTheClear() throws IOException {
        String secret = "grep-for-me-" + System.nanoTime();
        Message message = one.post(room, ANN, secret);
        one.timelines.edit(ANN, message.address(), secret + " again");
        await().untilAsserted(
                        () ->
                                assertThat(
                                                one.storage
                                                        .pages(1)
                                                        .get(
                                                                PageKey.of(message.address())
                                                                        .documentKey()))
                                        .isPresent());

        List<Path> containing = new ArrayList<>();
        try (var files = Files.walk(NATS.storageDirectory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content.contains(secret)).as("%s holds the body", file).isFalse();
                if (content.contains(message.id())) {
                    containing.add(file);
                }
            }
        }
        assertThat(containing).as("the files in which the message itself is found").isNotEmpty();
    }

    @Test
    void serversThatStartLaterShowTheSame() throws InterruptedException {
        one.post(room, ANN, "before the start");
        try (var third = TestServer.start(NATS.url())) {
            assertThat(third.bodies(main)).containsExactly("before the start");
            assertThat(third.timelines.head(room)).isZero();
        }
    }

    private static void assertRefused(ErrorCode code, Runnable action) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(action::run)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static Long[] longs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
    }

    private record Recorder(RoomId room, ConcurrentLinkedQueue<String> heard)
            implements TimelineListener {

        @Override
        public boolean wants(RoomId changed) {
            return changed.equals(room);
        }

        @Override
        public void changed(TimelineEvent event) {
            heard.add(event.getClass().getSimpleName() + " " + event.message().body());
        }

        @Override
        public void interrupted(int shard) {
            heard.add("interrupted");
        }
    }
}
