package chat.chatto.bench.load;

import chat.chatto.bench.http.HttpConnection;
import chat.chatto.bench.http.HttpReply;

import com.google.gson.JsonParser;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Reads pages of a room's history in closed loop. */
public final class PageLoad {

    private static final int PAGE_SIZE = 50;

    private final ChattoApi api;
    private final Account reader;
    private final Duration warmUp;
    private final Duration length;
    private final long seed;

    /** @param reader a member of the rooms that are read */
    public PageLoad(ChattoApi api, Account reader, Duration warmUp, Duration length, long seed) {
        this.api = api;
        this.reader = reader;
        this.warmUp = warmUp;
        this.length = length;
        this.seed = seed;
    }

    /** Where in the history the readers look. */
    public enum Depth {
        NEWEST("newest page"),
        RANDOM("random page");

        private final String words;

        Depth(String words) {
            this.words = words;
        }
    }

    /** Reads pages of some rooms until the period is over; a deep page is equally likely to be any of the whole history. */
    public LoadResult run(int readers, Depth depth, List<String> rooms)
            throws IOException, InterruptedException {
        History history = history(rooms);
        Period period = Period.startingAt(System.nanoTime(), warmUp, length);
        CpuClock cpu = new CpuClock();
        Outcomes outcomes =
                Workers.run(
                        readers,
                        index ->
                                () -> {
                                    try (HttpConnection connection = api.connect(reader)) {
                                        return readUntilEnd(
                                                connection,
                                                history,
                                                depth,
                                                new SplittableRandom(seed + index + 1),
                                                period);
                                    }
                                });
        String name =
                "%s of %,d messages, %d %s"
                        .formatted(
                                depth.words,
                                history.messages(),
                                readers,
                                readers == 1 ? "reader" : "readers");
        return LoadResult.of(name, outcomes, period, cpu.busyProcessors());
    }

    /** How many messages the main lines of some rooms hold together. */
    public long messages(List<String> rooms) throws IOException {
        return history(rooms).messages();
    }

    private History history(List<String> rooms) throws IOException {
        long[] ends = new long[rooms.size()];
        long messages = 0;
        try (HttpConnection connection = api.connect(reader)) {
            for (int room = 0; room < ends.length; room++) {
                HttpReply reply = connection.get(path(rooms.get(room)) + "1");
                if (!reply.succeeded()) {
                    throw new IOException(
                            "the server answered " + reply.status() + ": " + reply.text());
                }
                messages +=
                        JsonParser.parseString(reply.text())
                                        .getAsJsonObject()
                                        .get("head")
                                        .getAsLong()
                                + 1;
                ends[room] = messages;
            }
        }
        return new History(rooms.stream().map(PageLoad::path).toList(), ends);
    }

    private static Outcomes readUntilEnd(
            HttpConnection connection,
            History history,
            Depth depth,
            SplittableRandom random,
            Period period) {
        Outcomes outcomes = new Outcomes();
        for (long start = System.nanoTime(); !period.ended(start); start = System.nanoTime()) {
            try {
                int status = connection.get(history.page(depth, random)).status();
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

    /**
     * The rooms laid end to end.
     *
     * @param paths for each room, a request for messages without its limit
     * @param ends for each room, the number of messages in it and in all before it
     */
    private record History(List<String> paths, long[] ends) {

        long messages() {
            return ends[ends.length - 1];
        }

        String page(Depth depth, SplittableRandom random) {
            if (depth == Depth.NEWEST || messages() == 0) {
                return paths.get(random.nextInt(paths.size())) + PAGE_SIZE;
            }
            long message = random.nextLong(messages());
            int room = 0;
            while (message >= ends[room]) {
                room++;
            }
            long ordinal = room == 0 ? message : message - ends[room - 1];
            return paths.get(room) + PAGE_SIZE + "&before=" + (ordinal + 1);
        }
    }

    private static String path(String roomId) {
        return "/api/v1/rooms/" + roomId + "/messages?limit=";
    }
}
