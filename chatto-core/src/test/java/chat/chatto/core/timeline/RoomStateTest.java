package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomStateTest {

    private final RoomState room = new RoomState(Samples.ROOM);
    private final Commit first =
            Samples.commit(RoomTip.EMPTY, 10, 0, Samples.post(Samples.main(0)));
    private final Commit second =
            Samples.commit(RoomTip.of(first), 12, 1, Samples.post(Samples.main(1)));
    private final Commit third =
            Samples.commit(RoomTip.of(second), 15, 2, Samples.post(Samples.main(2)));

    @Test
    void takesEachCommitOnce() {
        assertThat(room.apply(first, 0)).isEqualTo(RoomState.Applied.NEXT);
        assertThat(room.apply(first, 0)).isEqualTo(RoomState.Applied.KNOWN);
        assertThat(room.apply(second, 0)).isEqualTo(RoomState.Applied.NEXT);

        assertThat(room.head()).isEqualTo(1);
        assertThat(room.unfolded()).containsExactly(first, second);
        assertThat(room.damage()).isEmpty();
    }

    @Test
    void noticesThatCommitsAreMissing() {
        room.apply(first, 0);

        assertThat(room.apply(third, 0)).isEqualTo(RoomState.Applied.AFTER_GAP);
        assertThat(room.unfolded()).containsExactly(third);
        assertThat(room.droppedThrough()).isEqualTo(12);
        assertThat(room.damage()).isEmpty();
    }

    @Test
    void noticesAForkedHistory() {
        room.apply(first, 0);
        Commit fork =
                Samples.commit(
                        new RoomTip(10, ChainHash.after(new byte[] {1}), 0),
                        12,
                        1,
                        Samples.post(Samples.main(1)));

        room.apply(fork, 0);

        assertThat(room.damage()).hasValueSatisfying(why -> assertThat(why).contains("chain"));
    }

    @Test
    void forgetsWhatIsFolded() {
        room.apply(first, 0);
        room.apply(second, 0);

        room.folded(11);

        assertThat(room.unfolded()).containsExactly(second);
        assertThat(room.droppedThrough()).isEqualTo(10);
        assertThat(room.unfoldedBytes()).isEqualTo(second.size());
    }

    @Test
    void doesNotKeepWhatWasFoldedBefore() {
        room.apply(first, 10);

        assertThat(room.hasUnfolded()).isFalse();
        assertThat(room.droppedThrough()).isEqualTo(10);
        assertThat(room.head()).isZero();
    }
}
