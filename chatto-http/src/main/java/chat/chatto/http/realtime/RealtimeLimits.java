package chat.chatto.http.realtime;

import java.time.Duration;

/**
 * What one connection may take.
 *
 * @param queuedFrames how many frames may wait for a client that reads slowly
 * @param queuedBytes how many bytes they may have together
 * @param inboundBytes the longest frame a client may send
 * @param inboundPerSecond how many frames a client may send in one second
 * @param hello how long a client may take to say who it is
 * @param heartbeat how long nothing may come from a client before it is asked; after three of these it is given up
 * @param connections how many sockets a server holds
 */
public record RealtimeLimits(
        int queuedFrames,
        int queuedBytes,
        int inboundBytes,
        int inboundPerSecond,
        Duration hello,
        Duration heartbeat,
        int connections) {

    public static RealtimeLimits defaults() {
        return new RealtimeLimits(
                1024,
                1024 * 1024,
                64 * 1024,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                20_000);
    }
}
