package chat.chatto.bench.report;

/**
 * A server with a history of some size: medians of several starts.
 *
 * @param messages in the history
 * @param startMillis from starting the process to the first 200 of {@code /readyz}, embedded NATS included
 * @param chattoRssMib resident memory of the Chatto process when ready
 * @param chattoPssMib its proportional share, without what it shares with others
 * @param natsRssMib resident memory of nats-server when ready
 * @param newestPageP50 milliseconds to read the newest page of 50 over HTTP, one reader; likewise the random pages
 */
public record HistoryPoint(
        long messages,
        int runs,
        double startMillis,
        double chattoRssMib,
        double chattoPssMib,
        double natsRssMib,
        double newestPageP50,
        double randomPageP50,
        double randomPageP99) {}
