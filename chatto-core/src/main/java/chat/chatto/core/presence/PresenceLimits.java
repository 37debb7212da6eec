package chat.chatto.core.presence;

import java.time.Duration;

/**
 * How quickly presence follows what happens.
 *
 * @param timeToLive how long a server that says nothing is believed to hold its connections; whole seconds, at most the bucket's 60
 * @param refresh how often a server repeats what it said; well below the time to live
 * @param round changes are gathered for so long before they are written and told
 * @param lingering how long a person is still there after their last connection ended: it may be a reload, or a change of networks
 */
public record PresenceLimits(
        Duration timeToLive, Duration refresh, Duration round, Duration lingering) {

    public PresenceLimits {
        if (refresh.compareTo(timeToLive) >= 0 || round.compareTo(refresh) > 0) {
            throw new IllegalArgumentException(
                    "A round must not be longer than a refresh, and that shorter than the time to"
                            + " live");
        }
    }

    /** What holds in production. */
    public static PresenceLimits standard() {
        return new PresenceLimits(
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(60));
    }
}
