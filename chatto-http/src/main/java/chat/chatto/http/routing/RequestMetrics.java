package chat.chatto.http.routing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import jakarta.inject.Inject;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How long answers take, for each route and status. Safe for use by many threads. */
public final class RequestMetrics {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    private record Key(Route route, int status) {}

    @Inject
    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void record(Route route, int status, long nanos) {
        timers.computeIfAbsent(new Key(route, status), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("chatto.http.request.duration")
                .description("From the request's head to the end of the answer")
                .tag("method", key.route.verb().name())
                .tag("route", key.route.path())
                .tag("status", Integer.toString(key.status))
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
