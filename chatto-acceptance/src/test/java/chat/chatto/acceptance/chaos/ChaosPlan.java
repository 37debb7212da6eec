package chat.chatto.acceptance.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What to do for how long.
 *
 * @param seed of everything that is left to chance
 * @param faults each once a round, shuffled
 * @param rounds at most
 * @param time after which no other fault begins
 */
record ChaosPlan(long seed, List<Fault> faults, int rounds, Duration time) {

    ChaosPlan {
        faults = List.copyOf(faults);
    }
}
