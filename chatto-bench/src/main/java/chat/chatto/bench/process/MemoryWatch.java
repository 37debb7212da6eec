package chat.chatto.bench.process;

import java.io.IOException;
import java.time.Duration;

/** Watches how much resident memory a process has at most. */
public final class MemoryWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final long before;
    private final Thread thread;
    private volatile long most;

    private MemoryWatch(long pid) throws IOException {
        this.before = ProcessMemory.of(pid).resident();
        this.most = before;
        this.thread = Thread.ofVirtual().name("memory").start(() -> watch(pid));
    }

    /** Begins now. */
    public static MemoryWatch of(long pid) throws IOException {
        return new MemoryWatch(pid);
    }

    /** Bytes at the beginning. */
    public long before() {
        return before;
    }

    /** The most bytes until now. */
    public long most() {
        return most;
    }

    private void watch(long pid) {
        try {
            while (true) {
                most = Math.max(most, ProcessMemory.of(pid).resident());
                Thread.sleep(INTERVAL);
            }
        } catch (IOException | InterruptedException _) {
            // The process, or the watching, has ended.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
