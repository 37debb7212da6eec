package chat.chatto.core.personal;

import chat.chatto.core.room.RoomId;

import java.util.List;
import java.util.Optional;

/**
 * What a person prefers on all their devices.
 *
 * @param lastRoom where they were last
 * @param recentEmoji those used lately, the latest first; custom ones as {@code :name:}
 * @param emojiTone 0 for none, 1 to 5 from light to dark
 */
public record Preferences(
        Optional<RoomId> lastRoom, TimeFormat timeFormat, List<String> recentEmoji, int emojiTone) {

    /** Of somebody who changed nothing. */
    public static final Preferences NONE =
            new Preferences(Optional.empty(), TimeFormat.AUTOMATIC, List.of(), 0);

    /** The most emoji that are remembered. */
    public static final int RECENT_EMOJI = 36;

    /** The darkest skin tone. */
    public static final int DARKEST = 5;

    public Preferences {
        recentEmoji = List.copyOf(recentEmoji);
    }
}
