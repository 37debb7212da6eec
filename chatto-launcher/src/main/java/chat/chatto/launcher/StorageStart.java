package chat.chatto.launcher;

import chat.chatto.storage.Storage;
import chat.chatto.storage.UnavailableException;
import chat.chatto.storage.jetstream.JetStreamConfig;
import chat.chatto.storage.jetstream.JetStreamStorage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Opens storage, however long it takes until NATS is there: a cluster may well be started after its clients. */
final class StorageStart {

    private static final Logger LOG = LoggerFactory.getLogger(StorageStart.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration REPORT = Duration.ofSeconds(5);

    private StorageStart() {}

    /** @throws chat.chatto.storage.RefusedException when NATS answers, but something has to be changed first */
    static Storage await(JetStreamConfig config) throws InterruptedException {
        long nextReport = System.nanoTime();
        while (true) {
            try {
                return JetStreamStorage.open(config);
            } catch (UnavailableException e) {
                if (System.nanoTime() >= nextReport) {
                    LOG.warn("Waiting for NATS at {}: {}", config.addresses(), e.getMessage());
                    nextReport = System.nanoTime() + REPORT.toNanos();
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
