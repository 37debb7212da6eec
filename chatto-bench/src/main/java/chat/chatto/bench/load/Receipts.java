package chat.chatto.bench.load;

import chat.chatto.bench.http.Bytes;
import chat.chatto.bench.http.FrameListener;

import org.HdrHistogram.Histogram;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts who has received which post, and when the last one did. Posts carry their number in their body. The swarm's thread
 * writes, any thread reads.
 */
final class Receipts implements FrameListener {

    static final String MARK = "post-number-";
    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.UTF_8);
    private static final byte[] READY = "\"type\":\"ready\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] POSTED =
            "\"type\":\"message.posted\"".getBytes(StandardCharsets.UTF_8);

    private final int sockets;
    private final AtomicIntegerArray counts;
    private final AtomicLongArray lastReceipts;
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    Receipts(int sockets, int posts) {
        this.sockets = sockets;
        this.counts = new AtomicIntegerArray(posts);
        this.lastReceipts = new AtomicLongArray(posts);
    }

    @Override
    public void received(int socket, ByteBuffer text) {
        int mark = Bytes.indexOf(text, MARK_BYTES);
        if (mark >= 0 && Bytes.indexOf(text, POSTED) >= 0) {
            int post = Bytes.numberAt(text, mark + MARK_BYTES.length);
            if (post >= 0 && post < counts.length()) {
                lastReceipts.setPlain(post, System.nanoTime());
                counts.incrementAndGet(post);
            }
        } else if (Bytes.indexOf(text, READY) >= 0) {
            ready.incrementAndGet();
        }
    }

    @Override
    public void closed(int socket, String reason) {
        closed.incrementAndGet();
    }

    int ready() {
        return ready.get();
    }

    int closed() {
        return closed.get();
    }

    /** Whether every socket has received that post. */
    boolean complete(int post) {
        return counts.get(post) >= sockets;
    }

    /** Latencies of the posts from one number up to another, from when each was due to its last receipt. */
    Latency toLastReceipt(int from, int until, long start, Schedule schedule) {
        Histogram latencies = new Histogram(1_000, 600_000_000_000L, 3);
        for (int post = from; post < until; post++) {
            if (complete(post)) {
                latencies.recordValue(
                        Math.max(0, lastReceipts.get(post) - start - schedule.offset(post)));
            }
        }
        return Latency.of(latencies);
    }

    /** Receipts that never came for the posts of a range. */
    long missing(int from, int until) {
        long missing = 0;
        for (int post = from; post < until; post++) {
            missing += Math.max(0, sockets - counts.get(post));
        }
        return missing;
    }

    /** Receipts that came more often than once for the posts of a range. */
    long doubled(int from, int until) {
        long doubled = 0;
        for (int post = from; post < until; post++) {
            doubled += Math.max(0, counts.get(post) - sockets);
        }
        return doubled;
    }
}
