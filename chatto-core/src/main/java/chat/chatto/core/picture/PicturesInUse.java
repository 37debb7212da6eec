package chat.chatto.core.picture;

import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.PictureUse;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredUser;

import jakarta.inject.Inject;

/** Looks at the records of people and of the server. */
public final class PicturesInUse implements PictureUse {

    private final ServerBucket server;

    @Inject
    public PicturesInUse(ServerBucket server) {
        this.server = server;
    }

    @Override
    public boolean inUse(UserId owner, AssetId picture) {
        String used =
                ServerLogo.owns(owner)
                        ? ServerLogo.picture(server.read(ServerLogo.key()))
                        : server.read(UserDirectory.key(owner))
                                .map(
                                        entry ->
                                                Records.parse(StoredUser.parser(), entry.value())
                                                        .getAvatar())
                                .orElse("");
        return used.equals(picture.value());
    }
}
