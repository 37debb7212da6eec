package chat.chatto.http.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether this server should be sent requests, and whether it is still worth keeping. Safe for use by many threads. */
public final class Readiness {

    /** How long a server that sees its storage may fail to catch up before it should be started anew. */
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final Health health;
    private final BooleanSupplier current;
    private final InstantSource clock;
    private Instant lastCurrent;
    private boolean draining;

    /** @param current whether all that is stored is also in this server's memory */
    public Readiness(Health health, BooleanSupplier current, InstantSource clock) {
        this.health = health;
        this.current = current;
        this.clock = clock;
        lastCurrent = clock.instant();
    }

    /** Why requests should go elsewhere; empty when the server is ready. */
    public synchronized Optional<String> unready() {
        if (draining) {
            return Optional.of("The server is stopping.");
        }
        if (!health.connected()) {
            return Optional.of("Storage is away: " + health.detail());
        }
        return current.getAsBoolean()
                ? Optional.empty()
                : Optional.of("The server is catching up with what is stored.");
    }

    /** Why the server should be started anew; empty when it is well, or cannot help being unwell. */
    public synchronized Optional<String> unhealthy() {
        Instant now = clock.instant();
        if (!health.connected() || current.getAsBoolean()) {
            lastCurrent = now;
            return Optional.empty();
        }
        return lastCurrent.plus(STUCK).isBefore(now)
                ? Optional.of("The server has not caught up since " + lastCurrent + ".")
                : Optional.empty();
    }

    /** From now on the server is not ready. */
    public synchronized void drain() {
        draining = true;
    }

    public synchronized boolean isDraining() {
        return draining;
    }
}
