package chat.chatto.core.push;

import java.time.Duration;
import java.util.Optional;

/** What became of a message to a push service. */
public sealed interface PushOutcome {

    /** The service will deliver it. */
    record Accepted() implements PushOutcome {}

    /** The subscription has ended for good. */
    record Gone() implements PushOutcome {}

    /**
     * It may work later.
     *
     * @param after what the service asks to wait
     * @param why for people
     */
    record Later(Optional<Duration> after, String why) implements PushOutcome {}

    /**
     * The service does not take it.
     *
     * @param why for people
     */
    record Refused(String why) implements PushOutcome {}
}
