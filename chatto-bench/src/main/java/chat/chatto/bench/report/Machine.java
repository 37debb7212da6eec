package chat.chatto.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/**
 * The machine that figures belong to. Names neither host nor paths.
 *
 * @param loadAverage of the minute before the run: above a few tenths, others were using the machine as well
 * @param fsyncMillis the median time to append 4 KiB to a file and have it on disk: what an acknowledged commit cannot beat
 */
public record Machine(
        String processor,
        int cores,
        long memoryGib,
        String system,
        String jdk,
        String natsServer,
        double loadAverage,
        double fsyncMillis) {

    private static final int FSYNC_ROUNDS = 200;
    private static final int BLOCK_BYTES = 4096;
    private static final double NANOS_PER_MILLI = 1_000_000;

    /**
     * Looks at this machine.
     *
     * @param natsServer the version of nats-server in use
     * @param directory where the data would lie, for the fsync time
     */
    public static Machine here(String natsServer, Path directory) throws IOException {
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(
                        Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").split(" ", 2)[0])
                                / 1024.0
                                / 1024.0),
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version").split("[-+]", 2)[0]
                        + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vendor")
                        + " "
                        + Runtime.version().toString().split("[-+]", 2)[0],
                natsServer,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                fsyncMillis(directory));
    }

    /** One line for a report. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %d GiB, %s; JDK %s; nats-server %s; load average before %.1f; 4 KiB"
                        + " append + fsync p50 %.2f ms",
                processor,
                cores,
                memoryGib,
                system,
                jdk,
                natsServer,
                loadAverage,
                fsyncMillis);
    }

    private static String field(Path file, String name) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static double fsyncMillis(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "fsync", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long[] nanos = new long[FSYNC_ROUNDS];
            for (int round = 0; round < FSYNC_ROUNDS; round++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK_BYTES));
                channel.force(false);
                nanos[round] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            return nanos[FSYNC_ROUNDS / 2] / NANOS_PER_MILLI;
        } finally {
            Files.delete(file);
        }
    }
}
