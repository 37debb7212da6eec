package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.timeline.LogHoles.Hole;

import org.junit.jupiter.api.Test;

class LogHolesTest {

    private final LogHoles holes = new LogHoles();

    @Test
    void seesNoneInAWholeLog() {
        holes.next(1);
        holes.next(2);
        holes.end(2);

        assertThat(holes.unexplainedAfter(0)).isEmpty();
    }

    @Test
    void seesWhatIsMissingAtTheBeginningInsideAndAtTheEnd() {
        holes.next(3);
        holes.next(5);
        holes.end(7);

        assertThat(holes.unexplainedAfter(0))
                .containsExactly(new Hole(1, 2), new Hole(4, 4), new Hole(6, 7));
    }

    @Test
    void isNotInterestedInWhatWasPurged() {
        holes.begin(4);
        holes.next(2);
        holes.next(7);
        holes.end(9);

        assertThat(holes.unexplainedAfter(4)).containsExactly(new Hole(5, 6), new Hole(8, 9));
        assertThat(holes.unexplainedAfter(5)).containsExactly(new Hole(6, 6), new Hole(8, 9));
        assertThat(holes.unexplainedAfter(9)).isEmpty();
    }

    @Test
    void forgetsWhatIsExplainedElsewhere() {
        holes.next(4);
        holes.end(5);
        holes.explain(5);
        holes.explain(2);

        assertThat(holes.unexplainedAfter(0)).containsExactly(new Hole(1, 3));
    }
}
