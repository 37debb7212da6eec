package chat.chatto.bench.load;

import java.util.Map;

/**
 * The result of one scenario.
 *
 * @param scenario what ran, in words
 * @param perSecond successful requests a second in the measured period
 * @param latency of the successful requests
 * @param outcomes how many requests ended in which status; {@code timeout} and {@code disconnected} for those without one
 * @param driverCpuShare processors that the driver itself kept busy, which the server therefore did not have
 */
public record LoadResult(
        String scenario,
        double perSecond,
        Latency latency,
        Map<String, Long> outcomes,
        double driverCpuShare) {

    static LoadResult of(String scenario, Outcomes outcomes, Period period, double driverCpuShare) {
        return new LoadResult(
                scenario,
                outcomes.inTime() / period.seconds(),
                outcomes.latency(),
                outcomes.counts(),
                driverCpuShare);
    }
}
