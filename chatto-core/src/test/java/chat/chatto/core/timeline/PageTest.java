package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.util.List;

class PageTest {

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
        var edit = new Event.Edit(Samples.main(0), Samples.ANN, 2_000, new byte[] {7});
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
                                new Event.Delete(Samples.main(0), Samples.ANN, 2_004),
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
                        new Event.Edit(Samples.main(5), Samples.ANN, 1, new byte[0]));
        Page page = empty.apply(first);

        assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> page.apply(third));
        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> page.apply(editOfNothing));
    }
}
