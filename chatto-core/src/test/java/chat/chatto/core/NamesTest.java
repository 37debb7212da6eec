package chat.chatto.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @Test
    void keepsOrdinaryNamesAndTidiesTheirSpaces() {
        assertThat(clean("  Größe \u00A0 & 名前 ")).isEqualTo("Größe & 名前");
        assertThat(clean("🎉 party")).isEqualTo("🎉 party");
        assertThat(clean("e\u0301te\u0301")).isEqualTo("été");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b", "a\nb", "a\u007Fb", "a\u200Bb", "a\u200Db", "a\uFEFFb", "a\u202Eb",
                "a\u2066b", "a\u00ADb", "a\u2028b", "a\u3164b", "a\u115Fb", "a\u2800b", "a\uFFFFb",
                "a\uD800b", "a\u034Fb", "a\uDB40\uDD00b", "a\u061Cb"
            })
    void refusesWhatCannotBeSeen(String name) {
        assertThatThrownBy(() -> clean(name))
                .isInstanceOf(ChattoException.class)
                .hasMessage("name must not contain control or invisible characters");
    }

    @Test
    void countsCodePoints() {
        assertThat(clean("😀".repeat(30))).hasSize(60);
        assertThatThrownBy(() -> clean("😀".repeat(31)))
                .hasMessage("name must have 1 to 30 characters");
        assertThatThrownBy(() -> clean(" \t ".strip()))
                .hasMessage("name must have 1 to 30 characters");
        assertThatThrownBy(() -> clean("\u00A0")).hasMessage("name must have 1 to 30 characters");
        assertThatThrownBy(() -> clean("x".repeat(1_000_000)))
                .hasMessage("name must have 1 to 30 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "General,general",
        "STRASSE,straße",
        "ﬁne,FINE",
        "ΣΊΣΥΦΟΣ,σίσυφος",
        "Ｗｉｄｅ,wide",
        "é,É",
        "№ 1,no 1",
        "❤️,❤"
    })
    void takesNamesForTheSameThatLookTheSame(String one, String other) {
        assertThat(Names.comparable(one)).isEqualTo(Names.comparable(other));
    }

    @Test
    void tellsDifferentNamesApart() {
        assertThat(Names.comparable("general")).isNotEqualTo(Names.comparable("generals"));
        assertThat(Names.comparable("résumé")).isNotEqualTo(Names.comparable("resume"));
    }

    @Test
    void permitsSeveralLinesAndEmojiInTexts() {
        Names.checkText("description", "One\n\ttwo 👨‍👩‍👧");

        assertThatThrownBy(() -> Names.checkText("description", "a\u202Eb"))
                .isInstanceOf(ChattoException.class);
    }

    private static String clean(String name) {
        return Names.clean("name", name, 1, 30);
    }
}
