package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A change of a timeline that is stored for good. Every server sees all of them, in the same order.
 */
public sealed interface TimelineEvent {

    /** The message after the change. */
    Message message();

    /** Where this change stands among all changes: a client that saw it can go on from here on any server. */
    Cursor cursor();

    /**
     * @param root the root of the thread with its new summary, when the message is a thread reply
     */
    record MessagePosted(Cursor cursor, Message message, Optional<Message> root)
            implements TimelineEvent {

        /**
         * Who follows the thread from this reply on, if they did not before, without having written it: whom it mentions, and with the
         * first one the root's author.
         */
        public List<UserId> followers() {
            return root.flatMap(Message::thread)
                    .map(thread -> called().filter(thread::followedBy).distinct().toList())
                    .orElse(List.of());
        }

        private Stream<UserId> called() {
            Stream<UserId> mentioned = message.mentions().users().stream();
            Stream<UserId> asked =
                    message.ordinal() == 0 ? root.map(Message::author).stream() : Stream.of();
            return Stream.concat(mentioned, asked).filter(user -> !user.equals(message.author()));
        }
    }

    record MessageEdited(Cursor cursor, Message message) implements TimelineEvent {}

    record MessageDeleted(Cursor cursor, Message message) implements TimelineEvent {}

    /**
     * @param added whether the reaction was added, or removed
     */
    record MessageReacted(Cursor cursor, Message message, UserId actor, String emoji, boolean added)
            implements TimelineEvent {}

    /**
     * @param added whether the message was pinned, or the pin taken away
     */
    record MessagePinned(Cursor cursor, Message message, UserId actor, boolean added)
            implements TimelineEvent {}

    /**
     * Concerns the person alone who began or ceased to follow a thread.
     *
     * @param message the thread's root
     */
    record ThreadFollowed(Cursor cursor, Message message, UserId actor, boolean following)
            implements TimelineEvent {}
}
