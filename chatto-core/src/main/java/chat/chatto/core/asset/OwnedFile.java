package chat.chatto.core.asset;

import chat.chatto.core.account.UserId;

/**
 * A file to be read.
 *
 * @param owner whose key seals it
 */
public record OwnedFile(UserId owner, SealedFile file, Attachment attachment) {}
