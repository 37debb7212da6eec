package chat.chatto.acceptance.chaos;

import static java.util.function.Predicate.not;

import chat.chatto.acceptance.chaos.Attempt.Kind;

import java.util.List;
import java.util.function.Predicate;

/**
 * What clients noticed of one fault. Times are in milliseconds.
 *
 * @param longestGap between two acknowledged posts, whoever's
 * @param longestGapOfAClient between two acknowledged writes of the client that waited longest
 * @param longestWait of a write for its answer, whatever that was
 * @param refused writes answered with 503 and a problem document
 * @param unexplained writes that were answered otherwise, or not at all
 * @param reads how many were answered
 * @param staleReads how many of them with the mark that they may be out of date
 * @param failedReads how many were not answered, or refused
 */
record Availability(
        long longestGap,
        long longestGapOfAClient,
        long longestWait,
        int refused,
        int unexplained,
        int reads,
        int staleReads,
        int failedReads) {

    private static final int UNAVAILABLE = 503;

    /** @param attempts of the whole run */
    static Availability during(Window window, List<Attempt> attempts) {
        List<Attempt> during =
                attempts.stream()
                        .filter(
                                attempt ->
                                        attempt.end() >= window.begin()
                                                && attempt.begin() <= window.recovered())
                        .toList();
        List<Attempt> failed =
                during.stream()
                        .filter(Availability::isWrite)
                        .filter(not(Attempt::succeeded))
                        .toList();
        List<Attempt> reads = during.stream().filter(one -> one.kind() == Kind.READ).toList();
        List<Attempt> answered = reads.stream().filter(Attempt::succeeded).toList();
        Predicate<Attempt> explained =
                attempt -> attempt.status() == UNAVAILABLE && attempt.explained();
        return new Availability(
                gap(window, attempts.stream().filter(one -> one.kind() == Kind.POST).toList()),
                attempts.stream()
                        .filter(Availability::isWrite)
                        .map(Attempt::client)
                        .distinct()
                        .mapToLong(client -> gap(window, ofClient(client, attempts)))
                        .max()
                        .orElse(0),
                during.stream()
                        .filter(Availability::isWrite)
                        .mapToLong(Attempt::millis)
                        .max()
                        .orElse(0),
                (int) failed.stream().filter(explained).count(),
                (int) failed.stream().filter(not(explained)).count(),
                answered.size(),
                (int) answered.stream().filter(Attempt::stale).count(),
                reads.size() - answered.size());
    }

    private static boolean isWrite(Attempt attempt) {
        return attempt.kind() != Kind.READ;
    }

    private static List<Attempt> ofClient(String client, List<Attempt> attempts) {
        return attempts.stream()
                .filter(Availability::isWrite)
                .filter(attempt -> attempt.client().equals(client))
                .toList();
    }

    /** The longest time without a success that touches the window. */
    private static long gap(Window window, List<Attempt> attempts) {
        long[] ends =
                attempts.stream()
                        .filter(Attempt::succeeded)
                        .mapToLong(Attempt::end)
                        .sorted()
                        .toArray();
        long longest = 0;
        long previous = window.begin();
        for (long end : ends) {
            if (previous > window.recovered()) {
                return longest;
            }
            if (end >= window.begin()) {
                longest = Math.max(longest, end - previous);
            }
            previous = end;
        }
        return longest;
    }
}
