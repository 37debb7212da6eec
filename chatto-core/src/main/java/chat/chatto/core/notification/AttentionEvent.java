package chat.chatto.core.notification;

import chat.chatto.core.account.UserId;

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

        Inboxes.Item item() {
            return item;
        }
    }

    /** Notifications were read or removed on some device. */
    record NotificationsSeen(UserId user) implements AttentionEvent {}

    /** Threads were followed, unfollowed or read on some device. */
    record ThreadsChanged(UserId user) implements AttentionEvent {}
}
