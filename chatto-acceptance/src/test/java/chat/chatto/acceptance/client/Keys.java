package chat.chatto.acceptance.client;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Idempotency keys as clients make them: time-ordered UUIDs (RFC 9562, version 7). */
public final class Keys {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Keys() {}

    public static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << 16) | VERSION | (random.nextLong() & 0x0FFFL);
        return new UUID(high, (random.nextLong() >>> 2) | VARIANT);
    }
}
