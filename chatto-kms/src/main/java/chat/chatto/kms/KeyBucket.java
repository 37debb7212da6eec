package chat.chatto.kms;

import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Follower;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.RefusedException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bucket ENCRYPTION_KEYS: data keys wrapped by a key derived from the root secret, or a mark where one was destroyed. A value is a
 * format version, what it is, and for a key the sealed key, bound to its place by associated data. Safe for use by many threads.
 *
 * <p>The bytes of a replaced value may stay in the files of NATS until it compacts them. They are of use only to whoever has the root
 * secret as well.
 */
final class KeyBucket {

    private static final Logger log = LoggerFactory.getLogger(KeyBucket.class);

    private static final byte FORMAT = 1;
    private static final byte WRAPPED_KEY = 'K';
    private static final byte DESTROYED = 'D';
    private static final int HEADER_LENGTH = 2;
    private static final int KEY_LENGTH = 32;

    private static final String OWNERS = "user";
    private static final String CHECK = "check.root-secret";
    private static final byte[] CHECK_CONTENT = "chatto".getBytes(StandardCharsets.US_ASCII);

    private final KeyValueStore store;
    private final SealedBox box;
    private final SecretKey wrappingKey;
    private final SecureRandom random = new SecureRandom();

    KeyBucket(KeyValueStore store, SealedBox box, RootSecret secret) {
        this.store = store;
        this.box = box;
        this.wrappingKey = new SecretKeySpec(secret.derive("data-key-wrapping-1"), "AES");
    }

    /**
     * Makes sure that the root secret is the one that the keys were wrapped with.
     *
     * @throws RefusedException when it is not
     */
    void checkSecret() {
        Optional<Entry> check = store.get(CHECK);
        if (check.isEmpty()) {
            try {
                store.create(CHECK, box.seal(wrappingKey, CHECK_CONTENT, bytes(CHECK)));
                return;
            } catch (ConflictException e) {
                check = store.get(CHECK); // another server was first
            }
        }
        try {
            box.open(wrappingKey, check.orElseThrow().value(), bytes(CHECK));
        } catch (TamperedException e) {
            throw new RefusedException(
                    "core.secret_key is not the one that this installation's encryption keys were"
                        + " made with: set it to the former value, which must be the same on all"
                        + " servers",
                    e);
        }
    }

    KeyState read(KeyOwner owner) {
        return store.get(place(owner))
                .map(entry -> parse(entry.key(), entry.value(), entry.revision()))
                .orElseGet(KeyState.Missing::new);
    }

    /**
     * Makes a key for an owner who has none.
     *
     * @throws ConflictException when somebody else was first
     */
    KeyState create(KeyOwner owner) {
        byte[] key = new byte[KEY_LENGTH];
        random.nextBytes(key);
        byte[] sealed = box.seal(wrappingKey, key, bytes(place(owner)));
        byte[] value = new byte[HEADER_LENGTH + sealed.length];
        value[0] = FORMAT;
        value[1] = WRAPPED_KEY;
        System.arraycopy(sealed, 0, value, HEADER_LENGTH, sealed.length);
        long revision = store.create(place(owner), value);
        return new KeyState.Usable(new SecretKeySpec(key, "AES"), revision);
    }

    /**
     * Replaces what is stored for an owner by a mark that stays.
     *
     * @throws ConflictException when it is not the given state any more
     */
    KeyState destroy(KeyOwner owner, KeyState present) {
        byte[] mark = {FORMAT, DESTROYED};
        return new KeyState.Destroyed(
                present instanceof KeyState.Missing
                        ? store.create(place(owner), mark)
                        : store.update(place(owner), mark, present.revision()));
    }

    /** Delivers whose key changes from now on, and how, where that can be understood. */
    Following watch(Follower<OwnerChange> follower) {
        return store.watchChanges(
                OWNERS,
                change -> follower.accept(new OwnerChange(owner(change), understood(change))));
    }

    /** Delivers whose key is destroyed, and then whose is from now on. */
    Following watchDestroyed(BiConsumer<KeyOwner, KeyState.Destroyed> follower) {
        return store.watch(
                OWNERS,
                change -> {
                    if (destroyed(change)) {
                        follower.accept(owner(change), new KeyState.Destroyed(change.revision()));
                    }
                });
    }

    /** Without opening keys: there may be very many. */
    private static boolean destroyed(Change change) {
        return switch (change) {
            case Change.Removed _ -> true;
            case Change.Put(_, var value, _) ->
                    value.length >= HEADER_LENGTH && value[0] == FORMAT && value[1] == DESTROYED;
        };
    }

    private static KeyOwner owner(Change change) {
        return new KeyOwner(change.key().substring(OWNERS.length() + 1));
    }

    /** What became of an owner's key; empty when it has to be read to find out what is wrong with it. */
    record OwnerChange(KeyOwner owner, Optional<KeyState> state) {}

    private Optional<KeyState> understood(Change change) {
        return switch (change) {
            case Change.Removed(_, var revision) -> Optional.of(new KeyState.Destroyed(revision));
            case Change.Put(var key, var value, var revision) -> {
                try {
                    yield Optional.of(parse(key, value, revision));
                } catch (TamperedException e) {
                    log.error("The encryption key {} was replaced by something else", key, e);
                    yield Optional.empty();
                }
            }
        };
    }

    private KeyState parse(String place, byte[] value, long revision) {
        if (value.length < HEADER_LENGTH || value[0] != FORMAT) {
            throw new TamperedException("Unknown format of the encryption key " + place);
        }
        return switch (value[1]) {
            case DESTROYED -> new KeyState.Destroyed(revision);
            case WRAPPED_KEY -> {
                byte[] sealed = Arrays.copyOfRange(value, HEADER_LENGTH, value.length);
                yield new KeyState.Usable(
                        new SecretKeySpec(box.open(wrappingKey, sealed, bytes(place)), "AES"),
                        revision);
            }
            default -> throw new TamperedException("Unknown kind of the encryption key " + place);
        };
    }

    private static String place(KeyOwner owner) {
        return OWNERS + "." + owner.id();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
