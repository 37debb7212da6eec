package chat.chatto.core.asset;

import chat.chatto.core.account.UserId;

/** Tells which pictures that belong to no message are in use. Safe for use by many threads. */
@FunctionalInterface
public interface PictureUse {

    /**
     * Asked of storage, so that the answer is certain.
     *
     * @throws chat.chatto.core.ChattoException UNAVAILABLE
     */
    boolean inUse(UserId owner, AssetId picture);
}
