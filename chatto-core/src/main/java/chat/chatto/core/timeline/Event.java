package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.SealedFile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One thing that happened to a message. Times are milliseconds since 1970 in UTC, by the clock of the committing server. */
sealed interface Event {

    /** A body that is not there. */
    byte[] NOTHING = {};

    MessageAddress address();

    UserId actor();

    long atMillis();

    /**
     * A message was posted under the next free ordinal.
     *
     * @param sealedBody encrypted for {@link #actor()}, see {@link Bodies}; empty when there is nothing beside what is forwarded, and in
     *     the main line's side of an echo
     * @param idempotencyKey empty when the client gave none
     * @param attachments what the message carries, sealed for {@link #actor()}
     */
    record Post(
            MessageAddress address,
            UserId actor,
            long atMillis,
            String messageId,
            byte[] sealedBody,
            OptionalLong replyTo,
            String idempotencyKey,
            Mentions mentions,
            Optional<Echo> echo,
            Optional<Forward> forward,
            List<SealedFile> attachments)
            implements Event {

        public Post {
            attachments = List.copyOf(attachments);
        }

        /** The entry of the main line that shows a reply, too. */
        static Post echo(Post reply, long ordinal, String messageId) {
            return new Post(
                    new MessageAddress(TimelineId.main(reply.address().timeline().room()), ordinal),
                    reply.actor(),
                    reply.atMillis(),
                    messageId,
                    NOTHING,
                    OptionalLong.empty(),
                    "",
                    Mentions.NONE,
                    Optional.of(
                            new Echo.Of(
                                    reply.address().timeline().root().ordinal(),
                                    reply.address().ordinal(),
                                    reply.messageId())),
                    Optional.empty(),
                    List.of());
        }

        @Override
        public Post withoutBody() {
            return new Post(
                    address,
                    actor,
                    atMillis,
                    messageId,
                    NOTHING,
                    replyTo,
                    idempotencyKey,
                    mentions,
                    echo,
                    forward.map(Forward::emptied),
                    List.of());
        }
    }

    record Edit(
            MessageAddress address,
            UserId actor,
            long atMillis,
            byte[] sealedBody,
            Mentions mentions)
            implements Event {

        @Override
        public Edit withoutBody() {
            return new Edit(address, actor, atMillis, NOTHING, mentions);
        }
    }

    /**
     * A message was emptied.
     *
     * @param attachments what it carried, without descriptions: to be removed
     */
    record Delete(MessageAddress address, UserId actor, long atMillis, List<SealedFile> attachments)
            implements Event {

        public Delete {
            attachments = List.copyOf(attachments);
        }
    }

    /**
     * A message lost one of its files.
     *
     * @param attachment without its description: to be removed
     */
    record Detach(MessageAddress address, UserId actor, long atMillis, SealedFile attachment)
            implements Event {}

    record React(MessageAddress address, UserId actor, long atMillis, String emoji, boolean added)
            implements Event {}

    record Pin(MessageAddress address, UserId actor, long atMillis, boolean pinned)
            implements Event {}

    /**
     * Somebody began or ceased to follow a thread by their own wish.
     *
     * @param address of the thread's root
     */
    record Follow(MessageAddress address, UserId actor, long atMillis, boolean following)
            implements Event {}

    /** The event for a message that is deleted in the same commit: what it said must not stay in the log. */
    default Event withoutBody() {
        return this;
    }
}
