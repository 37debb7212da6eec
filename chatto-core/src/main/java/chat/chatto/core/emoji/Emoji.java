package chat.chatto.core.emoji;

import chat.chatto.core.ChattoException;

import jakarta.inject.Inject;

import java.util.Optional;

/**
 * What may stand where one emoji is wanted: a Unicode emoji, or a custom one as {@code :name:}. Safe for use by many threads.
 */
public final class Emoji {

    private final CustomEmoji custom;

    @Inject
    public Emoji(CustomEmoji custom) {
        this.custom = custom;
    }

    /**
     * @param field the input that is named when it is refused
     * @throws ChattoException INVALID, or UNAVAILABLE when a custom emoji is unknown here and storage is away
     */
    public void check(String field, String text) {
        Optional<String> name = EmojiName.within(text);
        boolean known = name.isPresent() ? custom.exists(name.get()) : UnicodeEmoji.matches(text);
        if (!known) {
            throw ChattoException.invalid(
                    field, "must be one Unicode emoji, or :name: of a custom emoji of this server");
        }
    }
}
