package chat.chatto.core.personal;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.readstate.PersonalBucket;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredPreferences;
import chat.chatto.core.stored.v1.StoredTimeFormat;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** What people prefer, on all their devices. Safe for use by many threads. */
public final class PreferencesStore {

    private static final int EMOJI_CHARACTERS = 64;

    private final Document<StoredPreferences> documents;

    @Inject
    public PreferencesStore(PersonalBucket bucket) {
        this.documents =
                new Document<>(
                        bucket,
                        "preferences",
                        StoredPreferences.parser(),
                        StoredPreferences.getDefaultInstance());
    }

    /**
     * @throws ChattoException UNAVAILABLE
     */
    public Preferences of(UserId user) {
        return preferences(documents.read(user));
    }

    /**
     * @return what the person prefers then
     * @throws ChattoException INVALID, UNAVAILABLE
     */
    public Preferences change(UserId user, PreferencesChange change) {
        change.recentEmoji().ifPresent(PreferencesStore::check);
        change.emojiTone().ifPresent(PreferencesStore::check);
        return preferences(documents.change(user, former -> changed(former, change)));
    }

    private static StoredPreferences changed(StoredPreferences former, PreferencesChange change) {
        StoredPreferences.Builder stored = former.toBuilder().setFormat(FORMAT);
        change.lastRoom().ifPresent(room -> stored.setLastRoom(room.value()));
        change.timeFormat().ifPresent(format -> stored.setTimeFormat(stored(format)));
        change.recentEmoji().ifPresent(emoji -> stored.clearRecentEmoji().addAllRecentEmoji(emoji));
        change.emojiTone().ifPresent(stored::setEmojiTone);
        return stored.build();
    }

    private static void check(List<String> emoji) {
        if (emoji.size() > Preferences.RECENT_EMOJI
                || emoji.stream().anyMatch(each -> each.length() > EMOJI_CHARACTERS)) {
            throw ChattoException.invalid(
                    "recentEmoji", "must be at most " + Preferences.RECENT_EMOJI + " emoji");
        }
    }

    private static void check(int tone) {
        if (tone < 0 || tone > Preferences.DARKEST) {
            throw ChattoException.invalid("emojiTone", "must be 0 to " + Preferences.DARKEST);
        }
    }

    private static Preferences preferences(StoredPreferences stored) {
        return new Preferences(
                stored.getLastRoom().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RoomId(stored.getLastRoom())),
                format(stored.getTimeFormat()),
                stored.getRecentEmojiList(),
                stored.getEmojiTone());
    }

    private static StoredTimeFormat stored(TimeFormat format) {
        return switch (format) {
            case AUTOMATIC -> StoredTimeFormat.STORED_TIME_FORMAT_UNSPECIFIED;
            case TWELVE_HOURS -> StoredTimeFormat.STORED_TIME_FORMAT_12_HOURS;
            case TWENTY_FOUR_HOURS -> StoredTimeFormat.STORED_TIME_FORMAT_24_HOURS;
        };
    }

    private static TimeFormat format(StoredTimeFormat stored) {
        return switch (stored) {
            case STORED_TIME_FORMAT_12_HOURS -> TimeFormat.TWELVE_HOURS;
            case STORED_TIME_FORMAT_24_HOURS -> TimeFormat.TWENTY_FOUR_HOURS;
            // One that a newer version knows is none that this version can show.
            case STORED_TIME_FORMAT_UNSPECIFIED, UNRECOGNIZED -> TimeFormat.AUTOMATIC;
        };
    }
}
