package chat.chatto.http.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.timeline.Cursor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class StreamCursorTest {

    private static final StreamCursor TWO_SHARDS =
            new StreamCursor(
                    List.of(
                            new StreamCursor.Place("abc", new Cursor(1, 17, 3)),
                            new StreamCursor.Place("def", new Cursor(2, 5, Integer.MAX_VALUE))),
                    42);

    @Test
    void survivesBeingText() {
        assertThat(TWO_SHARDS).hasToString("v1.1.abc.17.3.2.def.5.2147483647.42");
        assertThat(StreamCursor.parse(TWO_SHARDS.toString())).contains(TWO_SHARDS);
    }

    @Test
    void movesInOneShard() {
        StreamCursor moved = TWO_SHARDS.with(new Cursor(2, 6, 0));

        assertThat(moved).hasToString("v1.1.abc.17.3.2.def.6.0.42");
        assertThat(moved.with(43)).hasToString("v1.1.abc.17.3.2.def.6.0.43");
    }

    @Test
    void coversWhatWasBefore() {
        assertThat(TWO_SHARDS.covers(new Cursor(1, 16, 9))).isTrue();
        assertThat(TWO_SHARDS.covers(new Cursor(1, 17, 3))).isTrue();
        assertThat(TWO_SHARDS.covers(new Cursor(1, 17, 4))).isFalse();
        assertThat(TWO_SHARDS.covers(new Cursor(2, 6, 0))).isFalse();
        assertThat(TWO_SHARDS.covers(new Cursor(3, 0, 0))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "v2.1.a.1.1.1",
                "v1.x",
                "v1.1.a.1.1",
                "v1.1.a.-1.0.4",
                "v1.1.a.1.-1.4",
                "v1.1.a.99999999999999999999.0.4",
                "v1.1.a/b.1.0.4",
                "v1.1..1.0.4",
                "nonsense"
            })
    void isNothingElse(String text) {
        assertThat(StreamCursor.parse(text)).isEmpty();
    }
}
