package chat.chatto.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Posts messages: in closed loop, where everyone waits for an answer before posting again, or in open loop at a given rate. */
public final class PostingLoad {

    /** A client whose connection breaks does not come back in a tight loop. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000;

    private final ChattoApi api;
    private final List<Account> accounts;
    private final int bodyBytes;
    private final Duration warmUp;
    private final Duration length;
    private final long seed;

    /**
     * @param accounts members of all rooms that are posted to; poster {@code i} is the account {@code i} modulo their number
     * @param bodyBytes the length of a message
     */
    public PostingLoad(
            ChattoApi api,
            List<Account> accounts,
            int bodyBytes,
            Duration warmUp,
            Duration length,
            long seed) {
        this.api = api;
        this.accounts = List.copyOf(accounts);
        this.bodyBytes = bodyBytes;
        this.warmUp = warmUp;
        this.length = length;
        this.seed = seed;
    }

    /** Closed loop; every poster goes round the rooms, each from another one on. */
    public LoadResult closedLoop(int posters, List<String> rooms) throws InterruptedException {
        Period period = Period.startingAt(System.nanoTime(), warmUp, length);
        CpuClock cpu = new CpuClock();
        Outcomes outcomes =
                Workers.run(
                        posters,
                        index ->
                                () -> {
                                    try (Poster poster = poster(index, rooms)) {
                                        return postUntilEnd(poster, period);
                                    }
                                });
        return LoadResult.of(
                closedName(posters, rooms.size()), outcomes, period, cpu.busyProcessors());
    }

    /**
     * Open loop: posts are due at fixed times, whatever the server does, and latency counts from the time when a post was due. So a
     * stall is felt by every post that should have been sent during it.
     *
     * @param rate posts a second
     * @param connections posts that can be under way at once; when all are, the next ones wait and their waiting counts
     */
    public LoadResult openLoop(double rate, int connections, List<String> rooms)
            throws InterruptedException {
        Schedule schedule = Schedule.poisson(rate, warmUp.plus(length), new SplittableRandom(seed));
        Period period = Period.startingAt(System.nanoTime(), warmUp, length);
        AtomicInteger next = new AtomicInteger();
        CpuClock cpu = new CpuClock();
        Outcomes outcomes =
                Workers.run(
                        connections,
                        index ->
                                () -> {
                                    try (Poster poster = poster(index, rooms)) {
                                        return postOnTime(poster, schedule, next, period);
                                    }
                                });
        String name = "open loop, %.0f posts/s into %s".formatted(rate, rooms(rooms.size()));
        return LoadResult.of(name, outcomes, period, cpu.busyProcessors());
    }

    private Outcomes postUntilEnd(Poster poster, Period period) {
        Outcomes outcomes = new Outcomes();
        for (long start = System.nanoTime(); !period.ended(start); start = System.nanoTime()) {
            if (!post(poster, start, period, outcomes)) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            }
        }
        return outcomes;
    }

    private static Outcomes postOnTime(
            Poster poster, Schedule schedule, AtomicInteger next, Period period) {
        Outcomes outcomes = new Outcomes();
        for (int index = next.getAndIncrement();
                index < schedule.size();
                index = next.getAndIncrement()) {
            long due = period.start() + schedule.offset(index);
            waitUntil(due);
            post(poster, due, period, outcomes);
        }
        return outcomes;
    }

    /**
     * @param since when the latency of this post starts to count
     * @return whether there was an answer, good or bad
     */
    private static boolean post(Poster poster, long since, Period period, Outcomes outcomes) {
        try {
            int status = poster.post().status();
            long now = System.nanoTime();
            if (period.counts(since)) {
                outcomes.answered(status, now - since, !period.ended(now));
            }
            return true;
        } catch (IOException e) {
            if (period.counts(since)) {
                outcomes.failed(e);
            }
            return false;
        }
    }

    static void waitUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0;
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private Poster poster(int index, List<String> rooms) {
        Account account = accounts.get(index % accounts.size());
        return new Poster(
                api.connect(account),
                rooms,
                index,
                bodyBytes,
                new SplittableRandom(seed + index + 1));
    }

    private static String closedName(int posters, int rooms) {
        return "%d %s into %s"
                .formatted(posters, posters == 1 ? "poster" : "posters", rooms(rooms));
    }

    private static String rooms(int count) {
        return count == 1 ? "1 room" : count + " rooms";
    }
}
