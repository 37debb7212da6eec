package chat.chatto.core.personal;

import chat.chatto.core.room.RoomId;

import java.util.List;
import java.util.Optional;

/** What a person wants to be different; the rest stays as it is. */
public record PreferencesChange(
        Optional<RoomId> lastRoom,
        Optional<TimeFormat> timeFormat,
        Optional<List<String>> recentEmoji,
        Optional<Integer> emojiTone) {

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return lastRoom.isEmpty()
                && timeFormat.isEmpty()
                && recentEmoji.isEmpty()
                && emojiTone.isEmpty();
    }
}
