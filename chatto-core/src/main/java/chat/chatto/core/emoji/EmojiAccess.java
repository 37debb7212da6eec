package chat.chatto.core.emoji;

import chat.chatto.core.account.UserId;

/** Who may change the custom emoji, decided from state in memory. Safe for use by many threads. */
@FunctionalInterface
public interface EmojiAccess {

    /**
     * @throws chat.chatto.core.ChattoException FORBIDDEN when the user may not
     */
    void checkManage(UserId user);
}
