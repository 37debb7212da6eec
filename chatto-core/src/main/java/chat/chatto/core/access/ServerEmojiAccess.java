package chat.chatto.core.access;

import chat.chatto.core.account.UserId;
import chat.chatto.core.emoji.EmojiAccess;

import jakarta.inject.Inject;

/** Lets those change the custom emoji who manage the server. */
public final class ServerEmojiAccess implements EmojiAccess {

    private final Permissions permissions;

    @Inject
    public ServerEmojiAccess(Permissions permissions) {
        this.permissions = permissions;
    }

    @Override
    public void checkManage(UserId user) {
        permissions.require(user, Permission.SERVER_MANAGE);
    }
}
