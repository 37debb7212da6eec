package chat.chatto.storage.jetstream;

import io.nats.client.impl.Headers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * The messages that say that a key holds nothing any more, as NATS key-value stores use them: one of our own where a value was removed,
 * and one of the server's where a value outlived its time.
 */
final class Removals {

    private static final String OPERATION = "KV-Operation";
    private static final String SERVER_REASON = "Nats-Marker-Reason";
    private static final String TIME_TO_LIVE = "Nats-TTL";

    /**
     * How long a removal stays visible to servers that were cut off, where messages may expire: then it goes, so that a bucket does not
     * grow with what it once held. A server that is cut off for longer without being restarted would miss it.
     */
    private static final Duration MEMORY = Duration.ofDays(30);

    private Removals() {}

    static boolean isRemoval(@Nullable Headers headers) {
        if (headers == null) {
            return false;
        }
        String operation = headers.getFirst(OPERATION);
        return "DEL".equals(operation)
                || "PURGE".equals(operation)
                || headers.containsKey(SERVER_REASON);
    }

    /**
     * What a removal is stored with.
     *
     * @param expires whether the stream lets single messages expire; elsewhere a removal stays, as in any NATS bucket
     */
    static Headers marker(boolean expires) {
        Headers headers = expires ? timeToLive(MEMORY) : new Headers();
        return headers.put(OPERATION, "DEL");
    }

    static Headers timeToLive(Duration time) {
        return new Headers().put(TIME_TO_LIVE, time.toSeconds() + "s");
    }
}
