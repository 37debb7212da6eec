package chat.chatto.core.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnicodeEmojiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👍",
                "👍🏽",
                "❤️",
                "🇩🇪",
                "👩‍👩‍👧‍👦",
                "🏳️‍🌈",
                "1️⃣",
                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "☺️",
                "🎉"
            })
    void acceptsOneEmoji(String emoji) {
        assertThat(UnicodeEmoji.matches(emoji)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1", "👍👍", "👍a", "<b>", "\u200D", "\u202E", " 👍", ":+1:"})
    void refusesAnythingElse(String text) {
        assertThat(UnicodeEmoji.matches(text)).isFalse();
    }
}
