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
                "a\u0000b",
                "a\nb",
                "a\u007Fb",
                "a\u200Bb",
                "a\u200Db",
                "a\uFEFFb",
                "a\u202Eb",
                "a\u2066b",
                "a\u00ADb",
                "a\u2028b",
                "a\u3164b",
                "a\u115Fb",
                "a\u2800b",
                "a\uFFFFb",
                "a\uD800b",
                "a\u034Fb",
                "a\uDB40\uDD00b",
                "a\u061Cb",
                "a\u200Cb",
                "a\u200Eb",
                "a\u200Fb",
                "a\u202Ab",
                "a\u202Bb",
                "a\u202Cb",
                "a\u202Db",
                "a\u2060b",
                "a\u2067b",
                "a\u2068b",
                "a\u2069b",
                "a\u180Eb",
                "\u202Eadmin",
                "admin\u200B"
            })
    void refusesWhatCannotBeSeen(String name) {
        assertThatThrownBy(() -> clean(name))
                .isInstanceOf(ChattoException.class)
                .hasMessageStartingWith(
                        "name must not contain control or invisible characters: remove U+");
    }

    @Test
    void saysWhichCharacterCannotBeSeenAndWhereItIs() {
        assertThatThrownBy(() -> clean("🎉a\u202Eb"))
                .hasMessageEndingWith("remove U+202E (RIGHT-TO-LEFT OVERRIDE), character number 3");
        assertThatThrownBy(() -> clean("\u200B\u200B"))
                .hasMessageEndingWith("remove U+200B (ZERO WIDTH SPACE), character number 1");
        assertThatThrownBy(() -> clean("a\uFFFF"))
                .hasMessageEndingWith("remove U+FFFF (no character), character number 2");
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
