package chat.chatto.core.account;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Ids;
import chat.chatto.core.Listeners;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredSession;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.Storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Who is signed in. A session is a random token; storage knows only its hash. It ends {@value #DAYS} days after its last use, or when it
 * is revoked, on all servers at once. Safe for use by many threads.
 *
 * <p>What was found valid is remembered: for as long as the watch on changes would tell of a revocation, but asked again every half minute
 * in case it does not. While storage is away nobody is signed out: a remembered session stays good for {@link #OUTAGE}.
 */
public final class Sessions implements AutoCloseable {

    /** How long an unused session lives. */
    public static final int DAYS = 90;

    static final Duration TIME_TO_LIVE = Duration.ofDays(DAYS);
    static final Duration RENEWAL = Duration.ofDays(1);

    /** How long a session is believed in without asking storage. */
    static final Duration BELIEVED = Duration.ofSeconds(30);

    /** How long a session is believed in when storage cannot be asked. */
    static final Duration OUTAGE = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final String PREFIX = "cht_AT";
    private static final int SECRET_CHARACTERS = 32;
    private static final int REMEMBERED = 50_000;
    private static final Pattern TOKEN =
            Pattern.compile(PREFIX + "[0-9A-Za-z]{" + SECRET_CHARACTERS + "}");

    private final Storage storage;
    private final KeyValueStore store;
    private final ServerBucket server;
    private final UserDirectory users;
    private final Ids ids;
    private final InstantSource clock;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(OUTAGE).build();
    private final Listeners<String> revocations = new Listeners<>();

    /** How many sessions' ends the watch has told of; changed by its thread alone. */
    private volatile long ended;

    private volatile @Nullable Following following;

    @Inject
    public Sessions(
            Storage storage,
            ServerBucket server,
            UserDirectory users,
            Ids ids,
            InstantSource clock) {
        this.storage = storage;
        this.store = storage.bucket(Bucket.AUTH_TOKENS);
        this.server = server;
        this.users = users;
        this.ids = ids;
        this.clock = clock;
    }

    /** A session found valid at a time. */
    private record Known(UserId user, long checkedAtMillis) {}

    /** Begins to listen for revocations. */
    public void start() {
        following = store.watchChanges("", this::changed);
    }

    /** Signs a person in. @return the token, which is told nowhere else */
    public String issue(UserId user) {
        String token = PREFIX + ids.secret(SECRET_CHARACTERS);
        long now = clock.millis();
        StoredSession session =
                StoredSession.newBuilder()
                        .setFormat(FORMAT)
                        .setUser(user.value())
                        .setCreatedAtMillis(now)
                        .setRenewedAtMillis(now)
                        .build();
        String hash = hash(token);
        StorageFailures.translating(() -> store.create(hash, session.toByteArray(), TIME_TO_LIVE));
        known.put(hash, new Known(users.intern(user), now));
        return token;
    }

    /**
     * Whose token this is.
     *
     * @return empty for a token that was never issued, was revoked or has expired, or whose account was deleted
     * @throws ChattoException UNAVAILABLE when storage has to be asked and is away
     */
    public Optional<UserId> authenticate(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        String hash = hash(token);
        Known remembered = known.getIfPresent(hash);
        Optional<UserId> user =
                remembered != null && age(remembered) < BELIEVED.toMillis()
                        ? Optional.of(remembered.user())
                        : check(hash, remembered);
        return user.filter(users::active);
    }

    /** Signs out: the token no longer works, on any server. */
    public void revoke(String token) {
        String hash = hash(token);
        StorageFailures.translating(
                () -> {
                    store.remove(hash);
                    return true;
                });
        known.invalidate(hash);
    }

    /** Registers for sessions that ended, told by {@link #hash}, on one thread. @return ends the registration */
    public Runnable onRevoked(Consumer<String> listener) {
        return revocations.add(listener);
    }

    /** What a token is known by in storage, and in the news of its end: its SHA-256 in hexadecimal digits. */
    public static String hash(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        Following followed = following;
        if (followed != null) {
            followed.close();
        }
    }

    private Optional<UserId> check(String hash, @Nullable Known remembered) {
        boolean spare = remembered != null && age(remembered) < OUTAGE.toMillis();
        if (remembered != null && spare && !storage.status().writable()) {
            return Optional.of(remembered.user());
        }
        try {
            return read(hash);
        } catch (ChattoException e) {
            if (remembered != null && spare && e.code() == ErrorCode.UNAVAILABLE) {
                return Optional.of(remembered.user());
            }
            throw e;
        }
    }

    private Optional<UserId> read(String hash) {
        long endedBefore = ended;
        Optional<Entry> entry = StorageFailures.translating(() -> store.get(hash));
        if (entry.isEmpty()) {
            known.invalidate(hash);
            return Optional.empty();
        }
        StoredSession session = Records.parse(StoredSession.parser(), entry.get().value());
        long now = clock.millis();
        if (now - session.getRenewedAtMillis() >= RENEWAL.toMillis()) {
            renew(entry.get(), session, now);
        }
        UserId user = users.intern(new UserId(session.getUser()));
        if (!users.active(user)) {
            server.catchUp(
                    UserDirectory.key(user)); // Registered through another server a moment ago.
        }
        if (ended == endedBefore) {
            // Else it may be this very session that ended after it was read.
            known.put(hash, new Known(user, now));
        }
        return Optional.of(user);
    }

    private void renew(Entry entry, StoredSession session, long now) {
        byte[] renewed = session.toBuilder().setRenewedAtMillis(now).build().toByteArray();
        try {
            StorageFailures.translating(
                    () -> store.update(entry.key(), renewed, entry.revision(), TIME_TO_LIVE));
        } catch (ConflictException _) {
            // Renewed by another server, or revoked, which the watch will tell.
            log.debug("A session was changed while it was renewed");
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
    private void changed(Change change) {
        if (change instanceof Change.Removed) {
            ended++;
            known.invalidate(change.key());
            revocations.tell(change.key());
        }
    }

    private long age(Known session) {
        return clock.millis() - session.checkedAtMillis();
    }
}
