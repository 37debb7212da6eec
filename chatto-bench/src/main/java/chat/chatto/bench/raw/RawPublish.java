package chat.chatto.bench.raw;

import chat.chatto.bench.load.LoadResult;
import chat.chatto.bench.load.Measured;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Publishes to a file stream of its own with a number of publishers, each of which waits for its acknowledgement before it
 * publishes again; all share one connection, as Chatto's posts do.
 */
public final class RawPublish {

    private static final String STREAM = "BENCH_RAW";
    private static final String SUBJECT = "bench.raw";

    private final String url;
    private final @Nullable String token;
    private final int bytes;
    private final Duration warmUp;
    private final Duration length;

    /** @param token of the nats-server, or null */
    public RawPublish(
            String url, @Nullable String token, int bytes, Duration warmUp, Duration length) {
        this.url = url;
        this.token = token;
        this.bytes = bytes;
        this.warmUp = warmUp;
        this.length = length;
    }

    /** Publishes until the period is over, then deletes the stream. */
    public LoadResult run(int publishers)
            throws IOException, InterruptedException, JetStreamApiException {
        Connection connection = connect();
        try {
            JetStreamManagement management = connection.jetStreamManagement();
            management.addStream(
                    StreamConfiguration.builder()
                            .name(STREAM)
                            .subjects(SUBJECT)
                            .storageType(StorageType.File)
                            .build());
            try {
                return publish(connection.jetStream(), publishers);
            } finally {
                management.deleteStream(STREAM);
            }
        } finally {
            connection.close();
        }
    }

    /** The version of the nats-server. */
    public String serverVersion() throws IOException, InterruptedException {
        Connection connection = connect();
        try {
            return connection.getServerInfo().getVersion();
        } finally {
            connection.close();
        }
    }

    private Connection connect() throws IOException, InterruptedException {
        Options.Builder options = new Options.Builder().server(url);
        if (token != null) {
            options.token(token.toCharArray());
        }
        return Nats.connect(options.build());
    }

    private LoadResult publish(JetStream jetStream, int publishers) throws InterruptedException {
        byte[] message = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
        Semaphore free = new Semaphore(publishers);
        Measured measured = Measured.begin(warmUp, length);
        for (long start = measured.now(); !measured.ended(start); start = measured.now()) {
            free.acquire();
            long sent = measured.now();
            var _ =
                    jetStream
                            .publishAsync(SUBJECT, message)
                            .whenComplete(
                                    (_, failure) -> {
                                        measured.record(sent, failure == null);
                                        free.release();
                                    });
        }
        free.acquire(publishers);
        return measured.result("raw JetStream, %d publishers".formatted(publishers));
    }
}
