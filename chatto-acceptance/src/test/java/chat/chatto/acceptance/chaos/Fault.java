package chat.chatto.acceptance.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** The ways in which something is broken. */
enum Fault {
    NATS_LEADER_KILL(Writing.CONTINUES, 2),
    NATS_FOLLOWER_KILL(Writing.CONTINUES, 2),
    NATS_LEADER_PAUSE(Writing.CONTINUES, 12),
    NATS_LEADER_ISOLATED(Writing.CONTINUES, 12),
    NATS_DISK_FULL(Writing.CONTINUES, 8),
    NATS_MAJORITY_KILL(Writing.STOPS, 16),
    NATS_ALL_KILL(Writing.STOPS, 10),
    CHATTO_KILL(Writing.CONTINUES, 4),
    /** Of the server that holds the lease for folding, longer than the lease lasts. */
    CHATTO_PAUSE(Writing.CONTINUES, 14),
    ROLLING_RESTART(Writing.CONTINUES, 0);

    /** What may be expected of writes while the fault lasts. */
    enum Writing {
        /** After an interruption at most. */
        CONTINUES,
        STOPS
    }

    private final Writing writing;
    private final Duration hold;

    Fault(Writing writing, int holdSeconds) {
        this.writing = writing;
        this.hold = Duration.ofSeconds(holdSeconds);
    }

    Writing writing() {
        return writing;
    }

    /** For how long it lasts at least. */
    Duration hold() {
        return hold;
    }

    /** Chooses what to break. */
    Injection aim(Stage stage) {
        return switch (this) {
            case NATS_LEADER_KILL -> Injections.killLeader(stage);
            case NATS_FOLLOWER_KILL -> Injections.killFollower(stage);
            case NATS_LEADER_PAUSE -> Injections.pauseLeader(stage);
            case NATS_LEADER_ISOLATED -> Injections.isolateLeader(stage);
            case NATS_DISK_FULL -> Injections.fillDisk(stage);
            case NATS_MAJORITY_KILL -> Injections.killMajority(stage);
            case NATS_ALL_KILL -> Injections.killAll(stage);
            case CHATTO_KILL -> Injections.killChatto(stage);
            case CHATTO_PAUSE -> Injections.pauseFolding(stage);
            case ROLLING_RESTART -> Injections.restartEverything(stage);
        };
    }

    /** Whether it can be done here. */
    boolean feasible(Stage stage) {
        return this != NATS_DISK_FULL || stage.smallDisk().isPresent();
    }

    /** Its name on the command line and in reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Fault named(String label) {
        return Arrays.stream(values())
                .filter(fault -> fault.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No fault is called "
                                                + label
                                                + ". There are: "
                                                + String.join(
                                                        ", ",
                                                        Arrays.stream(values())
                                                                .map(Fault::label)
                                                                .toList())));
    }
}
