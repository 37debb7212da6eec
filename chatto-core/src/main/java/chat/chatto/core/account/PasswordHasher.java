package chat.chatto.core.account;

import chat.chatto.core.ChattoException;

import jakarta.inject.Inject;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Argon2id. Each hash costs 7 MiB and tens of milliseconds, so that few are made at once, some wait, and the rest is refused: a flood
 * of sign-ins takes no more than its share of the machine. Safe for use by many threads.
 */
public final class PasswordHasher implements AutoCloseable {

    /** How many callers may wait. */
    static final int WAITING = 256;

    private static final Cost COST = new Cost(7 * 1024, 5, 1);
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration WAIT = Duration.ofSeconds(15);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final SecureRandom random;
    private final ThreadPoolExecutor workers;
    private final String dummy;

    @Inject
    public PasswordHasher(SecureRandom random) {
        this.random = random;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.workers =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().daemon().name("password-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
        this.dummy = PasswordHash.of(COST, new byte[SALT_BYTES], new byte[HASH_BYTES]).toString();
    }

    /** How much work a hash is. */
    record Cost(int memoryKibibytes, int iterations, int parallelism) {}

    /**
     * Hashes a password with a salt of its own.
     *
     * @return in PHC string format
     * @throws ChattoException UNAVAILABLE when too many wait
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return run(() -> PasswordHash.of(COST, salt, argon2(COST, salt, password)).toString());
    }

    /**
     * Whether a hash is that of a password.
     *
     * @param hash in PHC string format, of any cost
     * @throws ChattoException UNAVAILABLE when too many wait
     */
    public boolean matches(String password, String hash) {
        PasswordHash expected = PasswordHash.parse(hash);
        return run(
                () ->
                        MessageDigest.isEqual(
                                expected.hash(),
                                argon2(expected.cost(), expected.salt(), password)));
    }

    /** Takes as long as {@link #matches}, so that nobody can tell by the time which logins exist. */
    public void matchNothing(String password) {
        matches(password, dummy);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private <T> T run(Callable<T> work) {
        Future<T> result;
        try {
            result = workers.submit(work);
        } catch (RejectedExecutionException e) {
            throw tooMany(e);
        }
        try {
            return result.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(false);
            throw tooMany(e);
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw tooMany(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be hashed", e.getCause());
        }
    }

    private static ChattoException tooMany(Exception cause) {
        return ChattoException.unavailable(
                RETRY_AFTER, "Too many people sign in at the moment", cause);
    }

    private static byte[] argon2(Cost cost, byte[] salt, String password) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memoryKibibytes())
                        .withIterations(cost.iterations())
                        .withParallelism(cost.parallelism())
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(composed(password), hash);
        return hash;
    }

    /** The same password typed on two systems may differ in how accents are composed. */
    private static byte[] composed(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }
}
