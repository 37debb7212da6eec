package chat.chatto.core.push;

import chat.chatto.core.ChattoException;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.core.notification.Attention;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.kms.DataKeys;
import chat.chatto.storage.Leases;
import chat.chatto.storage.Storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Pushes notifications to people's devices, on one server at a time. Safe for use by many threads. */
public final class Push implements AutoCloseable {

    private static final String JOB = "push-1";
    private static final Duration TEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration TEST_LIFE = Duration.ofSeconds(60);
    private static final int REMEMBERED_TESTS = 10_000;

    private final PushConfig config;
    private final Storage storage;
    private final ServerBucket server;
    private final Devices devices;
    private final Attention attention;
    private final ReadPositions positions;
    private final PushGateway gateway;
    private final PushEncoding encoding;
    private final InstantSource clock;
    private final SecureRandom random;
    private final VapidKeyStore keys;
    private final Cache<UserId, Instant> tests =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED_TESTS)
                    .expireAfterWrite(TEST_PAUSE)
                    .build();

    private volatile @Nullable VapidKey key;
    private @Nullable PushPost post;
    private Leases.@Nullable Candidacy candidacy;

    @Inject
    public Push(
            PushConfig config,
            Storage storage,
            ServerBucket server,
            DataKeys dataKeys,
            Devices devices,
            Attention attention,
            ReadPositions positions,
            PushGateway gateway,
            PushEncoding encoding,
            InstantSource clock,
            SecureRandom random) {
        this.config = config;
        this.storage = storage;
        this.server = server;
        this.devices = devices;
        this.attention = attention;
        this.positions = positions;
        this.gateway = gateway;
        this.encoding = encoding;
        this.clock = clock;
        this.random = random;
        this.keys = new VapidKeyStore(server, dataKeys);
    }

    /**
     * Makes the installation's key where there is none, and begins to push; after the rest of the domain.
     *
     * @throws ChattoException UNAVAILABLE when storage does not answer
     */
    public void start() {
        if (!config.enabled()) {
            return;
        }
        VapidKey current = config.key().orElseGet(keys::current);
        PushPost ready =
                new PushPost(
                        current,
                        config.subject(),
                        new PayloadEncryption(random),
                        encoding,
                        gateway,
                        clock);
        post = ready;
        key = current;
        candidacy =
                StorageFailures.translating(
                        () ->
                                storage.leases()
                                        .contend(
                                                JOB,
                                                new PushDelivery(
                                                        server, attention, positions, devices,
                                                        ready, clock)));
    }

    /** Whether notifications are pushed at all. */
    public boolean enabled() {
        return config.enabled();
    }

    /**
     * The public key that browsers subscribe with.
     *
     * @throws ChattoException NOT_FOUND when nothing is pushed here
     */
    public String publicKey() {
        VapidKey current = key;
        if (current == null) {
            throw ChattoException.notFound(
                    "This server does not push notifications: its operator can switch that on with"
                            + " push.enabled");
        }
        return current.publicText();
    }

    /**
     * Sends a message that shows whether pushing works, and tells what the push service said.
     *
     * @throws ChattoException NOT_FOUND, RATE_LIMITED, UNAVAILABLE
     */
    public PushOutcome test(UserId user, String deviceId) {
        publicKey();
        Device device = devices.require(user, deviceId);
        Instant now = clock.instant();
        Instant former = tests.asMap().putIfAbsent(user, now);
        if (former != null) {
            Duration wait = TEST_PAUSE.minus(Duration.between(former, now));
            throw ChattoException.rateLimited(
                    wait.isPositive() ? wait : Duration.ofSeconds(1),
                    "One test in " + TEST_PAUSE.toSeconds() + " seconds: wait a moment");
        }
        PushPost ready = post;
        if (ready == null) {
            throw new IllegalStateException("There is a key, and no way to send");
        }
        try {
            PushOutcome outcome = ready.send(device, new PushContent.Test(user), TEST_LIFE);
            if (outcome instanceof PushOutcome.Gone) {
                devices.removeGone(user, device);
            }
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ChattoException.unavailable(TEST_PAUSE, "This server is being stopped", e);
        }
    }

    @Override
    public void close() {
        if (candidacy != null) {
            candidacy.close();
        }
    }
}
