package chat.chatto.core.timeline;

import static chat.chatto.core.timeline.TwoServers.assertRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** What people do with messages, through two servers. */
class MessagingIT {

    @RegisterExtension static final TwoServers SERVERS = new TwoServers();

    private static final UserId ANN = new UserId("Uann");
    private static final UserId BEN = new UserId("Uben");
    private static final UserId EVE = new UserId("Ueve");

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private final TimelineId main = TimelineId.main(room);

    private TestServer one;
    private TestServer two;

    @BeforeEach
    void servers() {
        one = SERVERS.one();
        two = SERVERS.two();
    }

    @Test
    void aReplyAlsoToTheRoomIsOneMessageInTwoPlaces() throws InterruptedException {
        one.post(room, ANN, "root");
        one.post(room, ANN, "between");
        Message reply = reply(one, BEN, NewMessage.replyToAll(0, "to all"));
        var echo = new MessageAddress(main, 2);

        assertThat(reply.echoedAt()).hasValue(2);
        assertThat(one.timelines.head(room)).isEqualTo(2);
        Message shown = two.timelines.message(ANN, echo);
        assertThat(shown.body()).isEqualTo("to all");
        assertThat(shown.author()).isEqualTo(BEN);
        assertThat(shown.echoOf()).contains(new EchoOf(0, 0, reply.id()));

        two.timelines.edit(BEN, echo, "to all, edited");
        one.timelines.react(ANN, reply.address(), "👍", true);
        two.timelines.react(EVE, echo, "👍", true);
        try (TestServer third = SERVERS.start()) {
            for (TestServer server : List.of(one, two, third)) {
                await().untilAsserted(
                                () -> {
                                    Message here = server.read(main).get(2);
                                    Message there = server.timelines.message(ANN, reply.address());
                                    assertThat(here.body()).isEqualTo("to all, edited");
                                    assertThat(there.body()).isEqualTo(here.body());
                                    assertThat(here.reactions())
                                            .isEqualTo(there.reactions())
                                            .containsExactly(new Reaction("👍", List.of(ANN, EVE)));
                                });
            }
        }
        one.timelines.delete(BEN, echo);
        assertThat(one.timelines.message(ANN, reply.address()).deletedAt()).isPresent();
        await().untilAsserted(() -> assertThat(two.read(main).get(2).body()).isEmpty());
        assertThat(one.bodies(main)).containsExactly("root", "between", "");
    }

    @Test
    void aRetriedReplyToAllIsShownOnce() {
        one.post(room, ANN, "root");
        var key = Optional.of(new IdempotencyKey("the-same"));
        Posted first = one.timelines.post(BEN, room, NewMessage.replyToAll(0, "once"), key);
        Posted again = two.timelines.post(BEN, room, NewMessage.replyToAll(0, "once"), key);

        assertThat(again.repeated()).isTrue();
        assertThat(again.message().id()).isEqualTo(first.message().id());
        assertThat(two.bodies(main)).containsExactly("root", "once");
    }

    @Test
    void threadsAreFollowedAndLeftThroughAnyServer() {
        Message root = one.post(room, ANN, "root");
        assertRefused(ErrorCode.NOT_FOUND, () -> one.timelines.follow(BEN, root.address(), true));
        reply(one, BEN, NewMessage.reply(0, "first"));
        assertThat(followers(two)).containsExactly(ANN, BEN);

        two.timelines.follow(ANN, root.address(), false);
        two.timelines.follow(ANN, root.address(), false);
        reply(one, BEN, NewMessage.reply(0, "@ann @eve look"));
        assertThat(followers(one)).containsExactly(BEN, EVE);

        one.timelines.follow(ANN, root.address(), true);
        assertThat(followers(one)).containsExactly(BEN, EVE, ANN);
        assertRefused(
                ErrorCode.NOT_FOUND,
                () -> one.timelines.follow(ANN, new MessageAddress(main, 9), true));
    }

    private List<UserId> followers(TestServer server) {
        return server.timelines
                .message(ANN, new MessageAddress(main, 0))
                .thread()
                .orElseThrow()
                .followers();
    }

    @Test
    void aForwardedMessageIsACopyWithItsOwnAuthor() {
        RoomId other = new RoomId("Rother" + System.nanoTime());
        Message original = one.post(other, BEN, "the original");

        Message bare = reply(two, ANN, NewMessage.forward(original.address()));
        Message again = reply(one, EVE, NewMessage.forward(bare.address()));
        two.timelines.edit(BEN, original.address(), "changed since");
        one.timelines.delete(BEN, original.address());

        for (Message copy : two.read(main)) {
            assertThat(copy.body()).isEmpty();
            Forwarded forwarded = copy.forwarded().orElseThrow();
            assertThat(forwarded.body()).isEqualTo("the original");
            assertThat(forwarded.author()).isEqualTo(BEN);
            assertThat(forwarded.source()).isEqualTo(original.address());
        }
        assertThat(again.forwarded()).isEqualTo(bare.forwarded());
        assertRefused(
                ErrorCode.INVALID, () -> reply(one, ANN, NewMessage.forward(original.address())));
        assertRefused(
                ErrorCode.INVALID,
                () -> reply(one, ANN, NewMessage.forward(new MessageAddress(main, 99))));
    }

    @Test
    void aRetriedForwardIsFoundWhenItsSourceIsGone() {
        RoomId other = new RoomId("Rother" + System.nanoTime());
        NewMessage forward = NewMessage.forward(one.post(other, BEN, "the original").address());
        var key = Optional.of(new IdempotencyKey("forward-once"));
        Posted first = one.timelines.post(ANN, room, forward, key);
        one.timelines.delete(BEN, forward.forward().orElseThrow());

        Posted again = two.timelines.post(ANN, room, forward, key);

        assertThat(again.repeated()).isTrue();
        assertThat(again.message()).isEqualTo(first.message());
        assertRefused(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                () -> two.timelines.post(ANN, room, NewMessage.of("another"), key));
        assertRefused(
                ErrorCode.INVALID,
                () ->
                        one.timelines.post(
                                ANN, room, forward, Optional.of(new IdempotencyKey("new"))));
        assertThat(one.bodies(main)).containsExactly("");
    }

    @Test
    void mentionsAreResolvedWhenWrittenAndAnEditResolvesThemAnew() {
        Message message = one.post(room, ANN, "@Ben, @moderator and @nobody: `@eve` @all");

        assertThat(message.mentions())
                .isEqualTo(new Mentions(List.of(BEN), List.of("moderator"), false, true));
        assertThat(commits(one)).singleElement().satisfies(this::bringsOneMessage);
        Edited edited = two.timelines.edit(ANN, message.address(), "@here _@eve_");
        assertThat(edited.unreached()).isEmpty();
        assertThat(edited.message().mentions())
                .isEqualTo(new Mentions(List.of(EVE), List.of(), true, false));
        assertThat(one.post(room, ANN, "@ann wins over the role").mentions().users())
                .containsExactly(ANN);
    }

    @Test
    void aMentionOfNobodyIsPostedAsItStandsAndSaid() {
        var body = NewMessage.of("@Nobdy_ and ann@example.org, `@decorator`, @ben");
        Posted posted = one.timelines.post(ANN, room, body, Optional.empty());

        assertThat(posted.message().body()).isEqualTo(body.body());
        assertThat(posted.message().mentions().users()).containsExactly(BEN);
        assertThat(posted.unreached())
                .containsExactly(new UnreachedMention("Nobdy_", UnreachedMention.Reason.UNKNOWN));
        assertThat(two.timelines.edit(ANN, posted.message().address(), "@gone").unreached())
                .extracting(UnreachedMention::name)
                .containsExactly("gone");
    }

    /** However many it calls. */
    private void bringsOneMessage(Commit commit) {
        assertThat(commit.events()).hasSize(1);
        assertThat(commit.size()).isLessThan(500);
    }

    @Test
    void aDateLeadsToTheFirstMessageAtItOrLater() {
        long start = SERVERS.now();
        for (int i = 0; i < 200; i++) {
            SERVERS.pass(Duration.ofSeconds(1));
            one.post(room, ANN, "message " + i);
        }

        assertThat(at(start - 5_000)).hasValue(0);
        assertThat(at(start + 1_000 * 151)).hasValue(150);
        assertThat(at(start + 1_000 * 151 + 1)).hasValue(151);
        assertThat(at(start + 1_000 * 201)).isEmpty();
        MessagePage page =
                two.timelines.page(
                        ANN, main, new Position.At(Instant.ofEpochMilli(start + 71_000)), 11);
        assertThat(page.messages()).extracting(Message::ordinal).contains(70L).hasSize(11);
        assertThat(
                        one.timelines
                                .page(
                                        ANN,
                                        TimelineId.main(new RoomId("Rempty")),
                                        new Position.At(Instant.EPOCH),
                                        5)
                                .anchor())
                .isEmpty();
    }

    private OptionalLong at(long millis) {
        return two.timelines
                .page(ANN, main, new Position.At(Instant.ofEpochMilli(millis)), 10)
                .anchor();
    }

    @Test
    void ofEditsAtOnceOnTwoServersTheLaterCommitWinsAndNoTextIsHalf() throws Exception {
        Message message = one.post(room, ANN, "first");
        List<String> texts =
                IntStream.range(0, 40)
                        .mapToObj(i -> (char) ('a' + i % 26) + "-" + (i + "-").repeat(500))
                        .toList();
        List<Callable<Edited>> edits = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            TestServer server = i % 2 == 0 ? one : two;
            String text = texts.get(i);
            edits.add(() -> server.timelines.edit(ANN, message.address(), text));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Edited> edit : threads.invokeAll(edits)) {
                edit.get();
            }
        }

        Page page = Page.empty(PageKey.of(message.address()));
        for (Commit commit : commits(one)) {
            page = page.apply(commit);
        }
        String last = new Bodies(one.keys).open(room, page.entry(0).orElseThrow());
        assertThat(texts).contains(last);
        for (TestServer server : List.of(one, two)) {
            await().untilAsserted(() -> assertThat(server.bodies(main)).containsExactly(last));
        }
    }

    @Test
    void whatIsWrongWithAMessageIsSaid() {
        one.post(room, ANN, "root");
        reply(one, BEN, NewMessage.replyToAll(0, "shown in the main line"));

        assertRefused(
                ErrorCode.INVALID,
                () -> reply(two, ANN, NewMessage.reply(1, "to a reply")),
                "replies have no threads");
        assertRefused(
                ErrorCode.INVALID,
                () ->
                        reply(
                                one,
                                ANN,
                                new NewMessage(
                                        "x",
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        true,
                                        Optional.empty())),
                "alsoToRoom");
        assertRefused(
                ErrorCode.INVALID,
                () ->
                        reply(
                                one,
                                ANN,
                                new NewMessage(
                                        "x",
                                        OptionalLong.of(9),
                                        OptionalLong.empty(),
                                        false,
                                        Optional.empty())),
                "replyTo");
        one.timelines.delete(ANN, new MessageAddress(main, 0));
        assertRefused(
                ErrorCode.NOT_FOUND,
                () -> two.timelines.edit(ANN, new MessageAddress(main, 0), "too late"),
                "was deleted");
    }

    private Message reply(TestServer server, UserId author, NewMessage message) {
        return server.reply(room, author, message);
    }

    private List<Commit> commits(TestServer server) {
        return server.storage.rooms(1).read(room.value(), 0, 1_000).stream()
                .map(entry -> CommitCodec.decode(room, entry.sequence(), entry.content()))
                .toList();
    }
}
