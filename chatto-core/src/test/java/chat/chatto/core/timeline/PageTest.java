package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.chatto.core.account.UserId;
import chat.chatto.core.stored.v1.StoredThread;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

class PageTest {

    private static final UserId EVE = new UserId("Ueve");

    private final Page empty = Page.empty(new PageKey(Samples.MAIN, 0));
    private final Commit first =
            Samples.commit(RoomTip.EMPTY, 10, 0, Samples.post(Samples.main(0)));

    @Test
    void applyingACommitTwiceChangesNothing() {
        Page once = empty.apply(first);

        assertThat(once.entries()).hasSize(1);
        assertThat(once.apply(first)).isSameAs(once);
        assertThat(once.appliedSequence()).isEqualTo(10);
        assertThat(once.appliedHash()).isEqualTo(first.hash());
    }

    @Test
    void aCommitForAnotherPageLeavesThePageAlone() {
        Page other = Page.empty(new PageKey(Samples.MAIN, 1));

        assertThat(other.apply(first)).isSameAs(other);
    }

    @Test
    void editsReactionsAndDeletionsEndInTheStateReadersSee() {
        var edit =
                new Event.Edit(Samples.main(0), Samples.ANN, 2_000, new byte[] {7}, Mentions.NONE);
        var react = new Event.React(Samples.main(0), Samples.BEN, 2_001, "👍", true);
        var again = new Event.React(Samples.main(0), Samples.ANN, 2_002, "👍", true);
        Page reacted =
                empty.apply(first)
                        .apply(Samples.commit(RoomTip.of(first), 11, 0, edit, react, again));
        Entry entry = reacted.entry(0).orElseThrow();
        assertThat(entry.sealedBody()).containsExactly(7);
        assertThat(entry.editedAtMillis()).hasValue(2_000);
        assertThat(entry.reactions())
                .containsExactly(new Reaction("👍", List.of(Samples.BEN, Samples.ANN)));

        var remove = new Event.React(Samples.main(0), Samples.BEN, 2_003, "👍", false);
        Page removed = reacted.preview(List.of(remove));
        assertThat(removed.entry(0).orElseThrow().reactions())
                .containsExactly(new Reaction("👍", List.of(Samples.ANN)));

        Page deleted =
                removed.preview(
                        List.of(
                                new Event.Delete(Samples.main(0), Samples.ANN, 2_004, List.of()),
                                edit,
                                react));
        assertThat(deleted.entry(0).orElseThrow().deletedAtMillis()).hasValue(2_004);
        assertThat(deleted.entry(0).orElseThrow().sealedBody()).isEmpty();
        assertThat(deleted.entry(0).orElseThrow().reactions()).isEmpty();
    }

    @Test
    void aReplyAppearsInItsThreadAndAtItsRoot() {
        TimelineId thread = TimelineId.thread(Samples.ROOM, 0);
        Commit reply =
                Samples.commit(
                        RoomTip.of(first), 11, 0, Samples.post(new MessageAddress(thread, 0)));

        Page main = empty.apply(first).apply(reply);
        Page replies = Page.empty(new PageKey(thread, 0)).apply(first).apply(reply);

        assertThat(main.entries()).hasSize(1);
        assertThat(main.entry(0).orElseThrow().replies()).isEqualTo(1);
        assertThat(main.entry(0).orElseThrow().thread().orElseThrow().participants())
                .containsExactly(Samples.ANN);
        assertThat(replies.entries()).hasSize(1);
        assertThat(reply.touched())
                .containsExactlyInAnyOrder(new PageKey(thread, 0), new PageKey(Samples.MAIN, 0));
    }

    @Test
    void aHoleInTheTimelineIsDetected() {
        Commit third = Samples.commit(RoomTip.of(first), 12, 2, Samples.post(Samples.main(2)));
        Commit editOfNothing =
                Samples.commit(
                        RoomTip.of(first),
                        12,
                        0,
                        new Event.Edit(
                                Samples.main(5), Samples.ANN, 1, new byte[0], Mentions.NONE));
        Page page = empty.apply(first);

        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> page.apply(third));
        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> page.apply(editOfNothing));
    }

    @Test
    void aThreadIsFollowedByItsRootsAuthorWhoRepliesAndWhoIsMentionedUnlessTheyStopped() {
        TimelineId thread = TimelineId.thread(Samples.ROOM, 0);
        Event.Post byBen = reply(new MessageAddress(thread, 0), Samples.BEN, List.of());
        Page begun = empty.apply(first).preview(List.of(byBen));
        assertThat(thread(begun).followers()).containsExactly(Samples.ANN, Samples.BEN);

        var stop = new Event.Follow(Samples.main(0), Samples.ANN, 2_000, false);
        Event.Post mention =
                reply(new MessageAddress(thread, 1), Samples.BEN, List.of(Samples.ANN, EVE));
        Page mentioned = begun.preview(List.of(stop, mention));
        assertThat(thread(mentioned).followers()).containsExactly(Samples.BEN, EVE);
        assertThat(thread(mentioned).unfollowed()).containsExactly(Samples.ANN);

        Event.Post again = reply(new MessageAddress(thread, 2), Samples.ANN, List.of());
        ThreadSummary written = thread(mentioned.preview(List.of(again)));
        assertThat(written.followers()).containsExactly(Samples.BEN, EVE, Samples.ANN);
        assertThat(written.unfollowed()).isEmpty();
    }

    @Test
    void aThreadRemembersABoundedNumberOfFollowers() {
        TimelineId thread = TimelineId.thread(Samples.ROOM, 0);
        Page page = empty.apply(first);
        for (int i = 0; i < 101; i++) {
            int from = i * 50;
            List<UserId> mentioned =
                    IntStream.range(from, from + 50).mapToObj(n -> new UserId("U" + n)).toList();
            Event.Post post = reply(new MessageAddress(thread, i), Samples.BEN, mentioned);
            page = page.preview(List.of(post));
        }

        assertThat(thread(page).followers()).hasSize(ThreadSummary.FOLLOWERS);
        assertThat(thread(page).replies()).isEqualTo(101);
    }

    @Test
    void aPinStaysUntilItIsTakenAwayOrTheMessageIsDeleted() {
        var pin = new Event.Pin(Samples.main(0), Samples.BEN, 2_000, true);
        Page pinned = empty.apply(first).preview(List.of(pin));
        assertThat(pinned.entry(0).orElseThrow().pinned())
                .contains(new Pinned(Instant.ofEpochMilli(2_000), Samples.BEN));

        var unpin = new Event.Pin(Samples.main(0), Samples.ANN, 2_001, false);
        var delete = new Event.Delete(Samples.main(0), Samples.ANN, 2_002, List.of());
        for (Event end : List.of(unpin, delete)) {
            assertThat(pinned.preview(List.of(end)).entry(0).orElseThrow().pinned()).isEmpty();
        }
    }

    @Test
    void everythingInAPageSurvivesStorage() {
        TimelineId thread = TimelineId.thread(Samples.ROOM, 0);
        var copy = new Forward(Samples.main(3), Samples.BEN, 4, new byte[] {8});
        Event.Post plain = reply(new MessageAddress(thread, 0), Samples.BEN, List.of(EVE));
        var echoed =
                new Event.Post(
                        plain.address(),
                        plain.actor(),
                        plain.atMillis(),
                        plain.messageId(),
                        plain.sealedBody(),
                        plain.replyTo(),
                        plain.idempotencyKey(),
                        plain.mentions(),
                        Optional.of(new Echo.At(1)),
                        Optional.of(copy),
                        List.of(Samples.FILE));
        List<Event> events =
                List.of(
                        echoed,
                        Event.Post.echo(echoed, 1, "Mecho"),
                        new Event.Pin(Samples.main(0), Samples.BEN, 2_000, true),
                        new Event.Pin(echoed.address(), Samples.BEN, 2_000, true),
                        new Event.Follow(Samples.main(0), Samples.ANN, 2_001, false));
        Page main = empty.apply(first).preview(events);
        Page replies = Page.empty(new PageKey(thread, 0)).preview(events);

        for (Page page : List.of(main, replies)) {
            assertThat(PageCodec.decode(page.key(), PageCodec.encode(page)))
                    .usingRecursiveComparison()
                    .isEqualTo(page);
        }
        assertThat(main.entry(1).orElseThrow().shown())
                .contains(new Echo.Of(0, 0, echoed.messageId()));
        assertThat(replies.entry(0).orElseThrow().mentions().users()).containsExactly(EVE);
    }

    @Test
    void whoRepliedFollowsAThreadOfTheFormerVersion() {
        StoredThread former =
                StoredThread.newBuilder().setReplies(2).addParticipants("Uben").build();
        Entry root = Entry.of(Samples.post(Samples.main(0)), 1);

        Entry read = PageCodec.decode(PageCodec.encode(root).toBuilder().setThread(former).build());

        assertThat(read.thread().orElseThrow().followers()).containsExactly(Samples.BEN);
        assertThat(read.mentions().isEmpty()).isTrue();
    }

    private static ThreadSummary thread(Page page) {
        return page.entry(0).orElseThrow().thread().orElseThrow();
    }

    private static Event.Post reply(MessageAddress address, UserId author, List<UserId> mentioned) {
        return new Event.Post(
                address,
                author,
                2_000,
                "M" + author + address.ordinal(),
                new byte[] {1},
                OptionalLong.empty(),
                "",
                new Mentions(mentioned, List.of(), false, false),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void whatIsDeletedInTheCommitThatBringsItLeavesNoBody() {
        Event.Post post = Samples.post(Samples.main(0));
        var edit = new Event.Edit(Samples.main(0), Samples.ANN, 1, new byte[] {7}, Mentions.NONE);

        assertThat(post.withoutBody().sealedBody()).isEmpty();
        assertThat(edit.withoutBody().sealedBody()).isEmpty();
        var delete = new Event.Delete(Samples.main(0), Samples.ANN, 2, List.of());
        Page page = empty.preview(List.of(post.withoutBody(), edit.withoutBody(), delete));
        assertThat(page.entry(0).orElseThrow().deleted()).isTrue();
    }
}
