package chat.chatto.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.chatto.core.ChattoException;
import chat.chatto.core.FieldError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

class JsonInputTest {

    @Test
    void readsWhatIsAskedForAndIgnoresTheRest() throws MalformedJsonException {
        Fields fields = read("{\"a\": \"é😀\", \"n\": 7, \"other\": {\"x\": [1, 2]}, \"f\": true}");

        assertThat(fields.requiredText("a")).isEqualTo("é😀");
        assertThat(fields.whole("n", 0)).isEqualTo(OptionalLong.of(7));
        assertThat(fields.flag("f")).contains(true);
        assertThat(fields.text("absent")).isEmpty();
        fields.check();
    }

    @Test
    void countsNullAsLeftOut() throws MalformedJsonException {
        Fields fields = read("{\"a\": null}");

        assertThat(fields.text("a")).isEmpty();
        fields.check();
    }

    @Test
    void reportsAllMistakesAtOnce() throws MalformedJsonException {
        Fields fields = read("{\"text\": 1, \"n\": \"x\", \"fraction\": 1.5, \"f\": 0}");
        fields.requiredText("absent");
        fields.text("text");
        fields.whole("n", 0);
        fields.whole("fraction", 0);
        fields.flag("f");

        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(fields::check)
                .satisfies(
                        e ->
                                assertThat(e.fieldErrors())
                                        .extracting(FieldError::field)
                                        .containsExactly("absent", "text", "n", "fraction", "f"));
    }

    @Test
    void namesThePlaceOfAMistake() {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> read("{\n  \"a\": [1, }\n"))
                .withMessageMatching(".*line 2, column \\d+, path \\$\\.a\\[1].*");
    }

    @Test
    void refusesNamesThatAppearTwice() {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> read("{\"a\": 1, \"a\": 2}"))
                .withMessageContaining("twice");
    }

    @Test
    void refusesDeepNesting() {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> read("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"))
                .withMessageContaining("nested deeper");
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] text = "{\"a\": \"x\"}".getBytes(StandardCharsets.US_ASCII);
        text[7] = (byte) 0xff;

        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonInput.read(ByteBuffer.wrap(text)))
                .withMessageContaining("UTF-8 near byte 7");
    }

    @Test
    void refusesHalfOfASurrogatePair() {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> read("{\"a\": \"\\ud83d\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\": 1} x",
                "{\"a\": 1}{}",
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": 01}",
                "{\"a\": NaN}",
                "{\"a\": 1,}",
                "{\"a\": \"\t\"}",
                "// c\n{}",
                "nul",
                "{\"a\": .5}"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
    void wantsAnObject(String text) {
        assertThatExceptionOfType(ChattoException.class).isThrownBy(() -> read(text));
    }

    private static Fields read(String text) throws MalformedJsonException {
        return JsonInput.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
