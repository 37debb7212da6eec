package chat.chatto.core.picture;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.access.Permission;
import chat.chatto.core.access.Permissions;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.Portraits;
import chat.chatto.core.server.Projection;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredLogo;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import jakarta.inject.Inject;

import java.util.List;
import java.util.Optional;

/** The picture that the server shows of itself. Safe for use by many threads. */
public final class ServerLogo implements Projection {

    /** The longest side, in pixels. */
    public static final int SIDE = 512;

    private static final String KIND = "logo";

    /** Its key is the server's own: no account has this id. */
    private static final UserId SERVER = new UserId("server");

    private final ServerBucket server;
    private final Permissions permissions;
    private final Portraits portraits;
    private volatile String known = "";

    @Inject
    public ServerLogo(ServerBucket server, Permissions permissions, Portraits portraits) {
        this.server = server;
        this.permissions = permissions;
        this.portraits = portraits;
        server.register(KIND, this);
    }

    /** Tells this picture from all others; empty when there is none. */
    public Optional<String> version() {
        return known.isEmpty() ? Optional.empty() : Optional.of(known);
    }

    /**
     * Gives the server a picture.
     *
     * @throws ChattoException FORBIDDEN, INVALID, TOO_LARGE, CONFLICT when it is being changed elsewhere, UNAVAILABLE
     */
    public void change(UserId actor, byte[] image) {
        permissions.require(actor, Permission.SERVER_MANAGE);
        Optional<Entry> entry = server.read(key());
        portraits.replace(
                SERVER,
                image,
                SIDE,
                false,
                picture(entry),
                picture -> write(entry, picture.value()));
    }

    /**
     * Takes the server's picture away; nothing happens where there is none.
     *
     * @throws ChattoException FORBIDDEN, CONFLICT, UNAVAILABLE
     */
    public void remove(UserId actor) {
        permissions.require(actor, Permission.SERVER_MANAGE);
        Optional<Entry> entry = server.read(key());
        if (!picture(entry).isEmpty()) {
            portraits.remove(SERVER, picture(entry), () -> write(entry, ""));
        }
    }

    /**
     * The picture as PNG.
     *
     * @throws ChattoException NOT_FOUND, UNAVAILABLE
     */
    public Picture picture() {
        String id = known;
        if (id.isEmpty()) {
            throw ChattoException.notFound("This server shows no picture");
        }
        return new Picture(id, portraits.read(SERVER, new AssetId(id)));
    }

    static boolean owns(UserId owner) {
        return owner.equals(SERVER);
    }

    static String key() {
        return ServerBucket.entity(KIND, "server");
    }

    static String picture(Optional<Entry> entry) {
        return entry.map(held -> Records.parse(StoredLogo.parser(), held.value()).getPicture())
                .orElse("");
    }

    private void write(Optional<Entry> former, String picture) {
        byte[] value =
                StoredLogo.newBuilder().setFormat(FORMAT).setPicture(picture).build().toByteArray();
        try {
            server.transact(
                    List.of(
                            former.<Write>map(
                                            held -> new Write.Update(key(), value, held.revision()))
                                    .orElseGet(() -> new Write.Create(key(), value))));
        } catch (ConflictException e) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT, "The picture is being changed by others: retry");
        }
    }

    @Override
    public void apply(Change change, boolean live) {
        known =
                switch (change) {
                    case Change.Put put ->
                            Records.parse(StoredLogo.parser(), put.value()).getPicture();
                    case Change.Removed _ -> "";
                };
    }
}
