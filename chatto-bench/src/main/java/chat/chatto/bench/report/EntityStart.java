package chat.chatto.bench.report;

/**
 * Start-up with many users and rooms.
 *
 * @param startMillis of the only server, embedded NATS included
 * @param besideLoadMillis of a second server on the storage of a first one that takes 500 posts a second, and the slowest of those starts
 */
public record EntityStart(
        long users,
        long rooms,
        long messages,
        int runs,
        double startMillis,
        double besideLoadMillis,
        double slowestBesideLoadMillis,
        double chattoRssMib,
        double natsRssMib) {}
