package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {

    @Test
    void newestEndsAtTheHead() {
        assertThat(Range.of(new Position.Newest(), 50, 199)).isEqualTo(new Range(150, 199));
        assertThat(Range.of(new Position.Newest(), 50, 9)).isEqualTo(new Range(0, 9));
    }

    @Test
    void nothingIsTakenFromAnEmptyTimeline() {
        assertThat(Range.of(new Position.Newest(), 50, -1).size()).isZero();
        assertThat(Range.of(new Position.Around(7), 50, -1).size()).isZero();
        assertThat(Range.of(new Position.After(0), 50, -1).size()).isZero();
        assertThat(Range.of(new Position.Before(0), 50, 10).size()).isZero();
        assertThat(Range.of(new Position.After(10), 50, 10).size()).isZero();
    }

    @Test
    void beforeAndAfterLeaveTheOrdinalOut() {
        assertThat(Range.of(new Position.Before(100), 10, 199)).isEqualTo(new Range(90, 99));
        assertThat(Range.of(new Position.After(100), 10, 199)).isEqualTo(new Range(101, 110));
        assertThat(Range.of(new Position.After(195), 10, 199)).isEqualTo(new Range(196, 199));
        assertThat(Range.of(new Position.Before(5_000), 10, 199)).isEqualTo(new Range(190, 199));
    }

    @Test
    void aroundKeepsTheOrdinalInTheMiddleUnlessAnEndIsNear() {
        assertThat(Range.of(new Position.Around(100), 10, 199)).isEqualTo(new Range(95, 104));
        assertThat(Range.of(new Position.Around(1), 10, 199)).isEqualTo(new Range(0, 9));
        assertThat(Range.of(new Position.Around(199), 10, 199)).isEqualTo(new Range(190, 199));
        assertThat(Range.of(new Position.Around(5_000), 1, 199)).isEqualTo(new Range(199, 199));
    }
}
