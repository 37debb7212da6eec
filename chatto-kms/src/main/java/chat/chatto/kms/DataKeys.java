package chat.chatto.kms;

import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Follower;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import javax.crypto.SecretKey;

/**
 * Seals and opens content with its owner's data key. Keys in use are kept in memory; a key destroyed by any server is forgotten by all of
 * them as soon as they hear of it. Safe for use by many threads. Methods that need a key that is not in memory block, and throw {@link
 * chat.chatto.storage.UnavailableException} when storage does not answer.
 */
public final class DataKeys implements AutoCloseable {

    private static final int MOST_KEYS_IN_MEMORY = 100_000;

    /** Bounds how long a key can be used after a destruction that we did not hear of. */
    private static final Duration LONGEST_IN_MEMORY = Duration.ofHours(1);

    private static final int MOST_READS_AT_ONCE = 64;
    private static final int MOST_ATTEMPTS = 10;

    private final KeyBucket bucket;
    private final SealedBox box;
    private final Following watch;
    private final Semaphore reads = new Semaphore(MOST_READS_AT_ONCE);
    private final Cache<KeyOwner, KeyState> known =
            Caffeine.newBuilder()
                    .maximumSize(MOST_KEYS_IN_MEMORY)
                    .expireAfterWrite(LONGEST_IN_MEMORY)
                    .build();

    private DataKeys(KeyBucket bucket, SealedBox box) {
        this.bucket = bucket;
        this.box = box;
        this.watch = bucket.watch(this::changed);
    }

    /**
     * Opens the keys.
     *
     * @param store the bucket ENCRYPTION_KEYS, which nothing else writes to
     * @throws chat.chatto.storage.RefusedException when the keys in it were wrapped with another root secret
     */
    public static DataKeys open(KeyValueStore store, RootSecret secret) {
        SealedBox box = new SealedBox();
        KeyBucket bucket = new KeyBucket(store, box, secret);
        bucket.checkSecret();
        return new DataKeys(bucket, box);
    }

    /**
     * Seals content so that only {@link #open} with the same owner and associated data yields it again. The owner's key is made when there
     * is none yet.
     *
     * @param associatedData where the content belongs; not stored
     * @return 29 bytes more than the plaintext
     * @throws KeyShreddedException when the owner's key was destroyed
     */
    public byte[] seal(KeyOwner owner, byte[] plaintext, byte[] associatedData) {
        return box.seal(keyForSealing(owner), plaintext, associatedData);
    }

    /**
     * Opens what was sealed.
     *
     * @throws TamperedException when it is not what was sealed for this owner with these associated data
     */
    public Opened open(KeyOwner owner, byte[] sealed, byte[] associatedData) {
        return switch (state(owner)) {
            case KeyState.Usable(var key, _) ->
                    new Opened.Plain(box.open(key, sealed, associatedData));
            case KeyState.Destroyed _, KeyState.Missing _ -> new Opened.Shredded();
        };
    }

    /**
     * Destroys an owner's key for good: nothing sealed with it can be read again on any server, and nothing can be sealed for the owner.
     * Repeating it is harmless.
     */
    public void shred(KeyOwner owner) {
        for (int attempt = 1; ; attempt++) {
            KeyState present = bucket.read(owner);
            if (present instanceof KeyState.Destroyed) {
                learn(owner, present);
                return;
            }
            try {
                learn(owner, bucket.destroy(owner, present));
                return;
            } catch (ConflictException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Tells whose keys were destroyed: at first everybody whose was, then everybody whose is, on whatever server. Whoever is told of an
     * owner finds nothing of theirs readable on this server any more.
     *
     * @param listener called by one thread
     */
    public Following onDestroyed(Follower<KeyOwner> listener) {
        return bucket.watchDestroyed(
                (owner, state) -> {
                    learn(owner, state);
                    listener.accept(owner);
                });
    }

    /** Reads the keys of many owners at once, so that opening their content does not wait for one after the other. */
    public void prefetch(Collection<KeyOwner> owners) {
        List<KeyOwner> unknown =
                owners.stream()
                        .distinct()
                        .filter(owner -> known.getIfPresent(owner) == null)
                        .toList();
        if (unknown.size() < 2) {
            unknown.forEach(this::state);
            return;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> loads = new ArrayList<>();
            for (KeyOwner owner : unknown) {
                loads.add(threads.submit(() -> load(owner)));
            }
            for (Future<?> load : loads) {
                load.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("Keys could not be read", e);
        }
    }

    private KeyState load(KeyOwner owner) {
        reads.acquireUninterruptibly();
        try {
            return learn(owner, bucket.read(owner));
        } finally {
            reads.release();
        }
    }

    private SecretKey keyForSealing(KeyOwner owner) {
        KeyState state = state(owner);
        for (int attempt = 1; ; attempt++) {
            switch (state) {
                case KeyState.Usable(var key, _) -> {
                    return key;
                }
                case KeyState.Destroyed _ -> throw new KeyShreddedException(owner);
                case KeyState.Missing _ -> {
                    try {
                        state = learn(owner, bucket.create(owner));
                    } catch (ConflictException e) {
                        if (attempt == MOST_ATTEMPTS) {
                            throw e;
                        }
                        state = load(owner); // another server was first
                    }
                }
            }
        }
    }

    private KeyState state(KeyOwner owner) {
        KeyState state = known.getIfPresent(owner);
        return state != null ? state : load(owner);
    }

    private void changed(KeyBucket.OwnerChange change) {
        change.state()
                .ifPresentOrElse(
                        state -> learn(change.owner(), state),
                        () -> known.invalidate(change.owner()));
    }

    /** A state that was read before a change and arrives after it does not replace the newer one. */
    private KeyState learn(KeyOwner owner, KeyState state) {
        return known.asMap().merge(owner, state, KeyState::newer);
    }

    /** Ends the watch for destroyed keys. */
    @Override
    public void close() {
        watch.close();
    }
}
