package chat.chatto.bench.seed;

import chat.chatto.core.Ids;
import chat.chatto.core.account.PasswordHasher;
import chat.chatto.core.stored.v1.StoredLogin;
import chat.chatto.core.stored.v1.StoredPassword;
import chat.chatto.core.stored.v1.StoredUser;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.Storage;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Writes accounts without hashing a password for each, which would take most of an hour for 100,000: all share one hash. The records
 * are those that registering leaves.
 */
public final class AccountSeed {

    private static final int FORMAT = 1;
    private static final int WRITING_AT_ONCE = 256;

    private final KeyValueStore server;
    private final Ids ids = new Ids(new SecureRandom());

    public AccountSeed(Storage storage) {
        this.server = storage.bucket(Bucket.SERVER);
    }

    /**
     * Writes that many accounts.
     *
     * @param logins a letter and letters or digits, to which a number is added
     * @param password of all of them
     */
    public void write(int accounts, String logins, String password) throws InterruptedException {
        String hash;
        try (PasswordHasher hasher = new PasswordHasher(new SecureRandom())) {
            hash = hasher.hash(password);
        }
        Semaphore slots = new Semaphore(WRITING_AT_ONCE);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            for (int account = 0; account < accounts; account++) {
                String login = logins + account;
                slots.acquire();
                writing.add(
                        writers.submit(
                                () -> {
                                    try {
                                        write(login, hash);
                                    } finally {
                                        slots.release();
                                    }
                                }));
            }
            for (Future<?> writer : writing) {
                writer.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an account could not be written", e.getCause());
        }
    }

    private void write(String login, String hash) {
        String id = ids.user();
        server.create(
                "password." + id,
                StoredPassword.newBuilder().setFormat(FORMAT).setHash(hash).build().toByteArray());
        server.create(
                "user." + id,
                StoredUser.newBuilder()
                        .setFormat(FORMAT)
                        .setLogin(login)
                        .setCreatedAtMillis(System.currentTimeMillis())
                        .build()
                        .toByteArray());
        server.create(
                "login." + login,
                StoredLogin.newBuilder().setFormat(FORMAT).setUser(id).build().toByteArray());
    }
}
