package chat.chatto.core.notification;

import chat.chatto.core.account.UserId;
import chat.chatto.core.timeline.Message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a person is notified of.
 *
 * @param id unique among the person's notifications, the same however often it is read
 * @param occurrences all reasons, the most specific first; each cause at most once
 * @param message what it is about, as it is now
 * @param actor who wrote it, or reacted to it
 * @param emoji of a reaction
 */
public record Notification(
        String id,
        List<Occurrence> occurrences,
        Instant createdAt,
        Message message,
        UserId actor,
        Optional<String> emoji,
        boolean read) {

    private static final int EXCERPT_CHARACTERS = 100;

    public Notification {
        occurrences = List.copyOf(occurrences);
    }

    /** The most specific reason. */
    public Cause cause() {
        return occurrences.getFirst().cause();
    }

    /** The most insistent mode of all reasons. */
    public Mode mode() {
        return occurrences.stream().map(Occurrence::mode).max(Mode::compareTo).orElse(Mode.SILENT);
    }

    /** The beginning of what the message says, on one line. */
    public String excerpt() {
        String line = message.body().strip().replaceAll("\\s+", " ");
        int characters = line.codePointCount(0, line.length());
        return characters <= EXCERPT_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, EXCERPT_CHARACTERS - 1)) + "…";
    }
}
