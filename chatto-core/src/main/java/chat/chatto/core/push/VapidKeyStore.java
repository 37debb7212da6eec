package chat.chatto.core.push;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredVapidKey;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyOwner;
import chat.chatto.kms.Opened;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import com.google.protobuf.ByteString;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The key pair that the first server of an installation makes; its private half is stored sealed. Safe for use by many threads. */
final class VapidKeyStore {

    private static final String KEY = "push.vapid";
    private static final byte[] PLACE = KEY.getBytes(StandardCharsets.US_ASCII);

    /** Nobody's account: those begin with a U. */
    private static final KeyOwner OWNER = new KeyOwner("push");

    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final DataKeys keys;

    VapidKeyStore(ServerBucket server, DataKeys keys) {
        this.server = server;
        this.keys = keys;
    }

    /**
     * The installation's pair, made now if there is none yet. One that cannot be opened any more, as its data key was lost, is replaced:
     * devices notice and subscribe again.
     *
     * @throws ChattoException UNAVAILABLE
     */
    VapidKey current() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = server.read(KEY);
            Optional<VapidKey> present = entry.flatMap(this::open);
            if (present.isPresent()) {
                return present.get();
            }
            VapidKey made = VapidKey.generate();
            byte[] value = seal(made);
            try {
                server.transact(
                        List.of(
                                entry.<Write>map(
                                                former ->
                                                        new Write.Update(
                                                                KEY, value, former.revision()))
                                        .orElseGet(() -> new Write.Create(KEY, value))));
                return made;
            } catch (ConflictException _) {
                // Another server was first: its pair is the one.
            }
        }
        throw ChattoException.of(ErrorCode.CONFLICT, "Other servers keep making push keys");
    }

    private byte[] seal(VapidKey key) {
        byte[] sealed =
                StorageFailures.translating(() -> keys.seal(OWNER, key.privateScalar(), PLACE));
        return StoredVapidKey.newBuilder()
                .setFormat(FORMAT)
                .setPublicKey(ByteString.copyFrom(key.publicPoint()))
                .setSealedPrivateKey(ByteString.copyFrom(sealed))
                .build()
                .toByteArray();
    }

    private Optional<VapidKey> open(Entry entry) {
        StoredVapidKey stored = Records.parse(StoredVapidKey.parser(), entry.value());
        Opened opened =
                StorageFailures.translating(
                        () -> keys.open(OWNER, stored.getSealedPrivateKey().toByteArray(), PLACE));
        return switch (opened) {
            case Opened.Plain(var scalar) ->
                    Optional.of(VapidKey.of(stored.getPublicKey().toByteArray(), scalar));
            case Opened.Shredded _ -> Optional.empty();
        };
    }
}
