package chat.chatto.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.chatto.core.ChattoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.util.List;

class QueryParserTest {

    @Test
    void readsWordsPhrasesAndBeginnings() {
        assertThat(parse("rocket  \"to the moon\" dep* „auf Deutsch“"))
                .containsExactly(
                        new Condition.Word("rocket"),
                        new Condition.Phrase("to the moon"),
                        new Condition.Beginning("dep"),
                        new Condition.Phrase("auf Deutsch"));
    }

    @Test
    void readsOperatorsWhateverTheirCase() {
        assertThat(
                        parse(
                                "FROM:@ann in:\"my room\" in:#general before:2026-01-31"
                                        + " after:2025-12-01 has:link Has:Reaction is:pinned"))
                .containsExactly(
                        new Condition.From("ann"),
                        new Condition.In("my room"),
                        new Condition.In("#general"),
                        new Condition.Before(LocalDate.of(2026, 1, 31)),
                        new Condition.After(LocalDate.of(2025, 12, 1)),
                        new Condition.Has(Feature.LINK),
                        new Condition.Has(Feature.REACTION),
                        new Condition.Pinned());
    }

    @Test
    void takesForWordsWhatOnlyLooksLikeAnOperator() {
        assertThat(parse("https://example.org re:invent 12:30"))
                .containsExactly(
                        new Condition.Word("https://example.org"),
                        new Condition.Word("re:invent"),
                        new Condition.Word("12:30"));
    }

    @Test
    void takesTheRestForAPhraseThatIsNotClosed() {
        assertThat(parse("a\"b c"))
                .containsExactly(new Condition.Word("a"), new Condition.Phrase("b c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''|must say what to look for",
                "'  \"\" * '|must say what to look for",
                "from:|needs behind from: a login",
                "before:soon|needs behind before: a date, such as before:2026-01-31",
                "after:2026-02-30|needs behind after: a date",
                "has:money|needs behind has: one of link, file, image, reaction",
                "is:late|needs behind is: pinned",
            })
    void saysWhatIsMissing(String text, String message) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(() -> parse(text))
                .withMessageContaining("q " + message);
    }

    @Test
    void boundsWhatItReads() {
        assertThat(parse("a ".repeat(32))).hasSize(32);
        assertRefused("a ".repeat(33), "more than 32 parts");
        assertRefused("x".repeat(257), "more than 256 bytes");
        assertRefused("x ".repeat(501), "longer than 1000 characters");
    }

    private static void assertRefused(String text, String message) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(() -> parse(text))
                .withMessageContaining(message);
    }

    private static List<Condition> parse(String text) {
        return SearchQuery.parse(text).conditions();
    }
}
