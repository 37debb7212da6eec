package chat.chatto.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;

class JsonOutputTest {

    private static final Name A = Name.of("a");
    private static final Name B = Name.of("b");

    @Test
    void separatesMembersAndElements() {
        JsonOutput json = new JsonOutput(1);

        json.beginObject().field(A, 1).name(B).beginArray().value("x").value(true).beginObject();
        json.endObject().endArray().endObject();

        assertThat(json).hasToString("{\"a\":1,\"b\":[\"x\",true,{}]}");
    }

    @Test
    void leavesOutWhatIsEmpty() {
        JsonOutput json = new JsonOutput();

        json.beginObject().optional(A, Optional.empty()).field(B, false).endObject();

        assertThat(json).hasToString("{\"b\":false}");
    }

    @Test
    void writesTimesWithMilliseconds() {
        JsonOutput json = new JsonOutput();

        json.value(Instant.parse("2026-03-04T05:06:07.0089Z"));

        assertThat(json).hasToString("\"2026-03-04T05:06:07.008Z\"");
    }

    @Test
    void writesEveryNumber() {
        JsonOutput json = new JsonOutput(1);

        json.beginArray();
        for (long value : new long[] {0, 7, 10, 99, 100, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            json.value(value);
        }
        json.endArray();

        assertThat(json).hasToString("[0,7,10,99,100,-1,9223372036854775807,-9223372036854775808]");
    }

    @Test
    void writesTextThatOthersReadBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);

        for (int i = 0; i < 2000; i++) {
            String text = text(random);
            JsonOutput json = new JsonOutput(1);
            json.value(text);

            assertThat(JsonParser.parseString(json.toString()).getAsString())
                    .as("seed %d", seed)
                    .isEqualTo(text);
        }
    }

    @Test
    void replacesHalfOfASurrogatePair() {
        JsonOutput json = new JsonOutput();

        json.value("a\ud800b");

        assertThat(json).hasToString("\"a?b\"");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int bound = random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT;
        for (int i = random.nextInt(40); i > 0; i--) {
            int point = random.nextInt(bound);
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                text.appendCodePoint(point);
            }
        }
        return text.toString();
    }
}
