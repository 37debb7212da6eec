package chat.chatto.bench.seed;

import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.Credentials;
import chat.chatto.storage.jetstream.JetStreamConfig;
import chat.chatto.storage.jetstream.JetStreamStorage;

import org.jspecify.annotations.Nullable;

/** Opens the storage of a server as one more server would. */
public final class SeedStorage {

    private SeedStorage() {}

    /**
     * Connects; the caller closes.
     *
     * @param token of the nats-server, or null
     */
    public static Storage open(String natsUrl, @Nullable String token) {
        JetStreamConfig config = JetStreamConfig.local(natsUrl);
        return JetStreamStorage.open(
                token == null ? config : config.withCredentials(new Credentials.Token(token)));
    }
}
