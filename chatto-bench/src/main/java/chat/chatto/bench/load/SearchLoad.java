package chat.chatto.bench.load;

import chat.chatto.bench.http.HttpConnection;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Searches in closed loop, for what people search for. */
public final class SearchLoad {

    private final ChattoApi api;
    private final Account reader;
    private final Duration warmUp;
    private final Duration length;
    private final long seed;

    /** @param reader a member of the rooms that are searched in */
    public SearchLoad(ChattoApi api, Account reader, Duration warmUp, Duration length, long seed) {
        this.api = api;
        this.reader = reader;
        this.warmUp = warmUp;
        this.length = length;
        this.seed = seed;
    }

    /**
     * A kind of query.
     *
     * @param text makes one
     */
    public record Kind(String name, Function<SplittableRandom, String> text) {}

    /** The kinds of queries in a text of {@link ManyWords}, by some people and in some rooms. */
    public static List<Kind> kinds(ManyWords words, List<String> logins, List<String> rooms) {
        return List.of(
                new Kind("a usual word", random -> words.between(200, 5_000, random)),
                new Kind("a rare word", random -> words.between(20_000, 50_000, random)),
                new Kind("a word of every message", random -> words.between(0, 10, random)),
                new Kind(
                        "two words",
                        random ->
                                words.between(5, 50, random)
                                        + " "
                                        + words.between(200, 5_000, random)),
                new Kind(
                        "three words",
                        random ->
                                words.between(5, 200, random)
                                        + " "
                                        + words.between(50, 500, random)
                                        + " "
                                        + words.between(200, 2_000, random)),
                new Kind(
                        "a phrase",
                        random ->
                                "\""
                                        + words.between(0, 20, random)
                                        + " "
                                        + words.between(0, 50, random)
                                        + "\""),
                new Kind(
                        "a beginning",
                        random -> words.between(200, 5_000, random).substring(0, 4) + "*"),
                new Kind(
                        "from somebody",
                        random ->
                                "from:"
                                        + one(logins, random)
                                        + " "
                                        + words.between(50, 2_000, random)),
                new Kind(
                        "in a room",
                        random ->
                                "in:"
                                        + one(rooms, random)
                                        + " "
                                        + words.between(50, 2_000, random)),
                new Kind(
                        "with a date",
                        random -> "after:2020-01-01 " + words.between(50, 2_000, random)));
    }

    private static String one(List<String> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Searches until the period is over, each time for one of these kinds. */
    public LoadResult run(String name, int searchers, List<Kind> kinds)
            throws InterruptedException {
        Period period = Period.startingAt(System.nanoTime(), warmUp, length);
        CpuClock cpu = new CpuClock();
        Outcomes outcomes =
                Workers.run(
                        searchers,
                        index ->
                                () -> {
                                    try (HttpConnection connection = api.connect(reader)) {
                                        return searchUntilEnd(
                                                connection,
                                                kinds,
                                                new SplittableRandom(seed + index + 1),
                                                period);
                                    }
                                });
        return LoadResult.of(name, outcomes, period, cpu.busyProcessors());
    }

    private static Outcomes searchUntilEnd(
            HttpConnection connection, List<Kind> kinds, SplittableRandom random, Period period) {
        Outcomes outcomes = new Outcomes();
        for (long start = System.nanoTime(); !period.ended(start); start = System.nanoTime()) {
            Kind kind = kinds.get(random.nextInt(kinds.size()));
            String query = URLEncoder.encode(kind.text().apply(random), StandardCharsets.UTF_8);
            try {
                int status = connection.get("/api/v1/search?q=" + query).status();
                long now = System.nanoTime();
                if (period.counts(start)) {
                    outcomes.answered(status, now - start, !period.ended(now));
                }
            } catch (IOException e) {
                if (period.counts(start)) {
                    outcomes.failed(e);
                }
            }
        }
        return outcomes;
    }
}
