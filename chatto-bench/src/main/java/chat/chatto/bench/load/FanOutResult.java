package chat.chatto.bench.load;

/**
 * What a fan-out run showed.
 *
 * @param result deliveries a second, and the latency from a post to its last receipt
 * @param memoryBefore the server's resident bytes before the sockets were opened, 0 when unknown; likewise the others
 */
public record FanOutResult(
        LoadResult result, int sockets, long memoryBefore, long memoryConnected, long memoryAfter) {

    private static final double KILOBYTE = 1024;

    /** What one socket costs while posts arrive; 0 when unknown. */
    public double kilobytesPerSocket() {
        return (memoryAfter - memoryBefore) / KILOBYTE / sockets;
    }

    /** What one idle socket costs; 0 when unknown. */
    public double kilobytesPerIdleSocket() {
        return (memoryConnected - memoryBefore) / KILOBYTE / sockets;
    }
}
