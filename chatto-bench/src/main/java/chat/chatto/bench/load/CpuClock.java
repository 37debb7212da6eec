package chat.chatto.bench.load;

import java.lang.management.ManagementFactory;

/** Measures how many processors this process keeps busy between two looks. */
final class CpuClock {

    private final com.sun.management.OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    private final long wallStart = System.nanoTime();
    private final long cpuStart = system.getProcessCpuTime();

    double busyProcessors() {
        return (double) (system.getProcessCpuTime() - cpuStart) / (System.nanoTime() - wallStart);
    }
}
