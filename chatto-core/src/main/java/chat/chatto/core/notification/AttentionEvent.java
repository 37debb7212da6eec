package chat.chatto.core.notification;

import chat.chatto.core.account.UserId;

import java.time.Instant;
import java.util.Optional;

/** Something that a person's devices should know of. */
public sealed interface AttentionEvent {

    UserId user();

    /** Somebody was notified; {@link Notifications#open} tells of what. */
    final class Notified implements AttentionEvent {
        private final Inboxes.Item item;

        Notified(Inboxes.Item item) {
            this.item = item;
        }

        @Override
        public UserId user() {
            return item.user();
        }

        /** Its place among what everybody is notified of; it grows. */
        public long sequence() {
            return item.sequence();
        }

        /** When what it is about happened. */
        public Instant at() {
            return Instant.ofEpochMilli(item.stored().getAtMillis());
        }

        /** Whether it is to be brought to attention at once. */
        public boolean insistent() {
            return item.stored().getOccurrencesList().stream()
                    .map(NotificationCodec::decode)
                    .flatMap(Optional::stream)
                    .anyMatch(one -> one.mode() == Mode.ALERT);
        }

        Inboxes.Item item() {
            return item;
        }
    }

    /** Notifications were read or removed on some device. */
    record NotificationsSeen(UserId user) implements AttentionEvent {}

    /** Threads were followed, unfollowed or read on some device. */
    record ThreadsChanged(UserId user) implements AttentionEvent {}
}
