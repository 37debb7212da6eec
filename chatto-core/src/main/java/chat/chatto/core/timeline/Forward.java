package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

/**
 * A copy of another message inside a message, its body encrypted with the key of who wrote it.
 *
 * @param source where the original stands
 * @param sealedBody empty once the copy was deleted
 */
record Forward(MessageAddress source, UserId author, long createdAtMillis, byte[] sealedBody) {

    private static final byte[] NOTHING = {};

    Forward emptied() {
        return new Forward(source, author, createdAtMillis, NOTHING);
    }
}
