package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.OptionalLong;

/** One thing that happened to a message. Times are milliseconds since 1970 in UTC, by the clock of the committing server. */
sealed interface Event {

    MessageAddress address();

    UserId actor();

    long atMillis();

    /**
     * A message was posted under the next free ordinal.
     *
     * @param sealedBody encrypted for {@link #actor()}, see {@link Bodies}
     * @param idempotencyKey empty when the client gave none
     */
    record Post(
            MessageAddress address,
            UserId actor,
            long atMillis,
            String messageId,
            byte[] sealedBody,
            OptionalLong replyTo,
            String idempotencyKey)
            implements Event {}

    record Edit(MessageAddress address, UserId actor, long atMillis, byte[] sealedBody)
            implements Event {}

    record Delete(MessageAddress address, UserId actor, long atMillis) implements Event {}

    record React(MessageAddress address, UserId actor, long atMillis, String emoji, boolean added)
            implements Event {}
}
