package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;
import java.util.stream.LongStream;

class KeyWindowTest {

    private final KeyWindow window = new KeyWindow(100);

    @Test
    void remembersWhoUsedAKeyWhere() {
        window.add(Samples.post(Samples.main(5)));

        assertThat(window.find(Samples.MAIN, Samples.ANN, "key-5")).hasValue(5);
        assertThat(window.find(Samples.MAIN, Samples.BEN, "key-5")).isEmpty();
        assertThat(window.find(TimelineId.thread(Samples.ROOM, 1), Samples.ANN, "key-5")).isEmpty();
    }

    @Test
    void admitsWhatItForgot() {
        window.complete(Samples.MAIN, 0);
        LongStream.range(0, 101)
                .forEach(ordinal -> window.add(Samples.post(Samples.main(ordinal))));

        assertThat(window.find(Samples.MAIN, Samples.ANN, "key-0")).isEmpty();
        assertThat(window.find(Samples.MAIN, Samples.ANN, "key-1")).hasValue(1);
        assertThat(window.completeSince(Samples.MAIN)).hasValue(1_001);
    }

    @Test
    void remembersExactlyTheNewestOverManyRounds() {
        for (int ordinal = 0; ordinal < 5_000; ordinal++) {
            window.add(Samples.post(Samples.main(ordinal)));
            window.add(Samples.post(Samples.main(ordinal)));

            for (int earlier = Math.max(0, ordinal - 150); earlier <= ordinal; earlier++) {
                OptionalLong found = window.find(Samples.MAIN, Samples.ANN, "key-" + earlier);
                assertThat(found)
                        .isEqualTo(
                                earlier > ordinal - 100
                                        ? OptionalLong.of(earlier)
                                        : OptionalLong.empty());
            }
        }
    }

    @Test
    void knowsNothingOfATimelineUntilToldSo() {
        assertThat(window.completeSince(Samples.MAIN)).isEmpty();
        window.complete(Samples.MAIN, 7);
        assertThat(window.completeSince(Samples.MAIN)).hasValue(7);

        window.incomplete(Samples.ROOM);
        assertThat(window.completeSince(Samples.MAIN)).isEmpty();
    }
}
