package chat.chatto.bench.load;

import chat.chatto.bench.http.SocketSwarm;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Many WebSockets in one room receive what is posted there at a steady rate. */
public final class FanOut {

    private static final int POSTERS = 4;
    private static final Duration READY_WAIT = Duration.ofMinutes(2);
    private static final Duration RECEIPT_WAIT = Duration.ofSeconds(20);
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final ChattoApi api;
    private final Duration timeout;
    private final int bodyBytes;
    private final Duration warmUp;
    private final Duration length;
    private final long seed;

    public FanOut(
            ChattoApi api,
            Duration timeout,
            int bodyBytes,
            Duration warmUp,
            Duration length,
            long seed) {
        this.api = api;
        this.timeout = timeout;
        this.bodyBytes = bodyBytes;
        this.warmUp = warmUp;
        this.length = length;
        this.seed = seed;
    }

    /** Looks at the server's resident memory. */
    @FunctionalInterface
    public interface MemoryGauge {

        /** Bytes; 0 when it cannot be seen. */
        long resident() throws IOException;
    }

    /**
     * Opens the sockets, posts, and waits for the receipts.
     *
     * @param accounts members of the room, which share the sockets evenly
     * @param memory looked at before the sockets are opened, when all are ready, and after the posts
     */
    public FanOutResult run(
            int sockets, double rate, String roomId, List<Account> accounts, MemoryGauge memory)
            throws IOException, InterruptedException {
        Schedule schedule = Schedule.even(rate, warmUp.plus(length));
        Receipts receipts = new Receipts(sockets, schedule.size());
        long before = memory.resident();
        try (SocketSwarm swarm = new SocketSwarm(api.target(), timeout, receipts)) {
            for (int socket = 0; socket < sockets; socket++) {
                swarm.open(accounts.get(socket % accounts.size()).token());
            }
            await(READY_WAIT, () -> receipts.ready() + receipts.closed() >= sockets);
            Thread.sleep(SETTLE);
            long connected = memory.resident();

            CpuClock cpu = new CpuClock();
            long start = System.nanoTime();
            Outcomes posts = post(schedule, start, roomId, accounts);
            double driverCpuShare = cpu.busyProcessors();
            int measured = Math.toIntExact(Math.round(warmUp.toNanos() / 1e9 * rate));
            int until = schedule.size();
            await(RECEIPT_WAIT, () -> receipts.missing(measured, until) == 0);

            Map<String, Long> outcomes = new TreeMap<>(posts.counts());
            outcomes.put("receipts missing", receipts.missing(measured, until));
            outcomes.put("receipts doubled", receipts.doubled(measured, until));
            outcomes.put("sockets closed", (long) receipts.closed());
            LoadResult result =
                    new LoadResult(
                            "%,d WebSockets in 1 room, %.0f posts/s: post to last receipt"
                                    .formatted(sockets, rate),
                            rate * sockets,
                            receipts.toLastReceipt(measured, until, start, schedule),
                            Map.copyOf(outcomes),
                            driverCpuShare);
            return new FanOutResult(result, sockets, before, connected, memory.resident());
        }
    }

    private Outcomes post(Schedule schedule, long start, String roomId, List<Account> accounts)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        return Workers.run(
                POSTERS,
                index ->
                        () -> {
                            Outcomes outcomes = new Outcomes();
                            SplittableRandom random = new SplittableRandom(seed + index + 1);
                            MessageText text = new MessageText(bodyBytes, random);
                            try (Poster poster =
                                    new Poster(
                                            api.connect(accounts.get(index % accounts.size())),
                                            List.of(roomId),
                                            0,
                                            bodyBytes,
                                            random)) {
                                for (int post = next.getAndIncrement();
                                        post < schedule.size();
                                        post = next.getAndIncrement()) {
                                    long due = start + schedule.offset(post);
                                    PostingLoad.waitUntil(due);
                                    int status =
                                            poster.post(Receipts.MARK + post + " " + text.next())
                                                    .status();
                                    outcomes.answered(status, System.nanoTime() - due, true);
                                }
                            }
                            return outcomes;
                        });
    }

    private static void await(Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(5_000_000);
        }
    }
}
