package chat.chatto.http.realtime;

import chat.chatto.core.presence.Presence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Inject;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How many are connected, what they get, and why connections end. Safe for use by many threads. */
public final class RealtimeMetrics {

    private final AtomicInteger connections = new AtomicInteger();
    private final Counter delivered;
    private final Counter catchUps;
    private final Counter slow;
    private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);

    @Inject
    public RealtimeMetrics(MeterRegistry registry, Presence presence) {
        registry.gauge("chatto.realtime.websocket.connections", connections);
        delivered = registry.counter("chatto.my.events.delivered");
        catchUps = registry.counter("chatto.realtime.catch.ups.started");
        slow = registry.counter("chatto.my.events.slow.consumer.disconnects");
        FunctionCounter.builder("chatto.presence.refreshes", presence, Presence::refreshes)
                .register(registry);
        FunctionCounter.builder(
                        "chatto.presence.refresh.failures", presence, Presence::refreshFailures)
                .register(registry);
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, registry.counter("chatto.realtime.closed", "reason", reason.text()));
        }
    }

    int connections() {
        return connections.get();
    }

    void connected() {
        connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void delivered(int receivers) {
        delivered.increment(receivers);
    }

    void caughtUp() {
        catchUps.increment();
    }

    void closed(CloseReason reason) {
        Counter counter = closed.get(reason);
        if (counter != null) {
            counter.increment();
        }
        if (reason == CloseReason.SLOW) {
            slow.increment();
        }
    }
}
