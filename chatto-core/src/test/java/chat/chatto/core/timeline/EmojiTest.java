package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.chatto.core.ChattoException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

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
        assertThatCode(() -> Emoji.check(emoji)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1", "👍👍", "👍a", "<b>", "\u200D", "\u202E", " 👍", ":+1:"})
    void refusesAnythingElse(String text) {
        assertThatExceptionOfType(ChattoException.class).isThrownBy(() -> Emoji.check(text));
    }
}
