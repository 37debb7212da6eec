package chat.chatto.core.push;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A line for each push service, a few deliveries of which are under way at once: a service that hangs keeps its own line waiting and
 * nobody else's. Whatever does not find room is not taken. Safe for use by many threads.
 */
final class PushLanes implements AutoCloseable {

    /** Deliveries to one push service at once. */
    static final int PARALLEL = 16;

    /** Deliveries that wait for one service, and for all together. */
    private static final int WAITING = 16_384;

    private static final int WAITING_IN_ALL = 32_768;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("push-", 0).factory());

    /** Changed only while its entry in the map is computed. */
    private static final class Lane {
        private final Deque<Delivery> line = new ArrayDeque<>();
        private int workers;
    }

    /** Brings one message to one device. */
    @FunctionalInterface
    interface Delivery {
        void run() throws InterruptedException;
    }

    /** Does something on a thread of its own, for as long as the lanes are open. */
    void fork(Runnable task) {
        threads.execute(task);
    }

    /** Takes a delivery. @return false when too much waits already */
    boolean submit(String service, Delivery delivery) {
        if (waiting.incrementAndGet() > WAITING_IN_ALL) {
            waiting.decrementAndGet();
            return false;
        }
        boolean[] taken = {true};
        lanes.compute(
                service,
                (_, known) -> {
                    Lane lane = known == null ? new Lane() : known;
                    if (lane.line.size() == WAITING) {
                        taken[0] = false;
                        return lane;
                    }
                    lane.line.add(delivery);
                    if (lane.workers < PARALLEL) {
                        lane.workers++;
                        threads.execute(() -> work(service));
                    }
                    return lane;
                });
        if (!taken[0]) {
            waiting.decrementAndGet();
        }
        return taken[0];
    }

    private void work(String service) {
        try {
            for (Delivery next = next(service); next != null; next = next(service)) {
                next.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The lanes are closed.
        }
    }

    private @Nullable Delivery next(String service) {
        var found = new AtomicReference<@Nullable Delivery>();
        lanes.computeIfPresent(
                service,
                (_, lane) -> {
                    found.set(lane.line.poll());
                    if (found.get() != null) {
                        return lane;
                    }
                    lane.workers--;
                    return lane.workers == 0 ? null : lane;
                });
        if (found.get() != null) {
            waiting.decrementAndGet();
        }
        return found.get();
    }

    /** Interrupts what is under way and forgets what waits. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
