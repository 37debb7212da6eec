package chat.chatto.core.picture;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.Portraits;

import jakarta.inject.Inject;

/** The pictures of people. Safe for use by many threads. */
public final class Avatars {

    /** How wide and high they are, in pixels. */
    public static final int SIDE = 256;

    private final Accounts accounts;
    private final Portraits portraits;

    @Inject
    public Avatars(Accounts accounts, Portraits portraits) {
        this.accounts = accounts;
        this.portraits = portraits;
    }

    /**
     * Gives somebody a picture: the middle of what was sent.
     *
     * @param image PNG, JPEG, GIF or WebP, at most {@value Portraits#BYTES} bytes
     * @throws ChattoException INVALID, TOO_LARGE, CONFLICT when it is being changed elsewhere, UNAVAILABLE
     */
    public User change(UserId user, byte[] image) {
        String former = accounts.require(user).avatar().orElse("");
        portraits.replace(
                user,
                image,
                SIDE,
                true,
                former,
                picture -> accounts.changeAvatar(user, former, picture.value()));
        return accounts.require(user);
    }

    /** Takes somebody's picture away; nothing happens where there is none. */
    public User remove(UserId user) {
        String former = accounts.require(user).avatar().orElse("");
        portraits.remove(user, former, () -> accounts.changeAvatar(user, former, ""));
        return accounts.require(user);
    }

    /**
     * Somebody's picture as PNG.
     *
     * @throws ChattoException NOT_FOUND, UNAVAILABLE
     */
    public Picture picture(UserId user) {
        String id =
                accounts.require(user)
                        .avatar()
                        .orElseThrow(
                                () -> ChattoException.notFound("This person shows no picture"));
        return new Picture(id, portraits.read(user, new AssetId(id)));
    }
}
