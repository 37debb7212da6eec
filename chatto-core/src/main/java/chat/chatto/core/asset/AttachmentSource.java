package chat.chatto.core.asset;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.util.List;

/** Where messages get their files from. Safe for use by many threads. */
public interface AttachmentSource {

    /** Has none. */
    AttachmentSource NONE =
            new AttachmentSource() {
                @Override
                public Claim claim(
                        UserId author, RoomId room, List<AssetId> files, String attempt) {
                    return files.isEmpty()
                            ? Claim.NONE
                            : Claim.refused(
                                    ChattoException.invalid("attachments", "are not there"));
                }

                @Override
                public void release(Claim claim) {
                    // There is nothing to release.
                }
            };

    /**
     * Claims files for an attempt to post a message: no other attempt gets them until it is known what became of this one.
     *
     * @param attempt the same for a retry of the same message, and only then
     * @return with a refusal when they are not all the author's, complete, for this room, and free
     * @throws ChattoException UNAVAILABLE
     */
    Claim claim(UserId author, RoomId room, List<AssetId> files, String attempt);

    /** Gives files back whose message was certainly not posted. */
    void release(Claim claim);
}
