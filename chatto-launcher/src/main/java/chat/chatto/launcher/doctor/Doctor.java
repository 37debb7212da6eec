package chat.chatto.launcher.doctor;

import chat.chatto.core.timeline.FoldingState;
import chat.chatto.core.timeline.TimelineInspection;
import chat.chatto.core.timeline.Verification;
import chat.chatto.launcher.config.NatsConfig;
import chat.chatto.launcher.doctor.Finding.Severity;
import chat.chatto.launcher.nats.RunningNats;
import chat.chatto.storage.StorageInspection;
import chat.chatto.storage.StorageReport;
import chat.chatto.storage.UnavailableException;
import chat.chatto.storage.jetstream.Credentials;
import chat.chatto.storage.jetstream.JetStreamConfig;
import chat.chatto.storage.jetstream.JetStreamInspection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at storage, judges what it sees, and reports. It changes nothing. */
public final class Doctor {

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    /** An election, or a follower that is a moment behind, is over by then. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    private final NatsConfig nats;
    private final List<URI> monitors;
    private final Clock clock;
    private final PrintWriter progress;

    /**
     * Of the storage that a configuration names.
     *
     * @param monitors addresses of the NATS servers' monitoring, such as {@code http://host:8222}
     * @param progress told how far a long verification is
     */
    public Doctor(NatsConfig nats, List<URI> monitors, Clock clock, PrintWriter progress) {
        this.nats = nats;
        this.monitors = List.copyOf(monitors);
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Looks and reports.
     *
     * @param verify whether to read all history, too
     * @return whether everything is in order
     * @throws chat.chatto.launcher.nats.EmbeddedNatsException when the NATS of this machine does not run
     * @throws chat.chatto.storage.StorageException when NATS cannot be looked at at all
     */
    public boolean examine(boolean verify, boolean json, PrintWriter out)
            throws InterruptedException {
        Place place = place();
        try (StorageInspection inspection = JetStreamInspection.open(place.config(), monitors)) {
            Facts facts = look(place, inspection);
            if (!inOrder(Examination.of(facts))) {
                Thread.sleep(SECOND_LOOK);
                facts = look(place, inspection);
            }
            if (verify) {
                facts = verified(facts, inspection);
            }
            List<Finding> findings = Examination.of(facts);
            if (json) {
                JsonReport.print(out, facts, findings);
            } else {
                new TextReport(out).print(facts, findings);
            }
            return inOrder(findings);
        }
    }

    private static boolean inOrder(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.PROBLEM);
    }

    private record Place(JetStreamConfig config, Optional<Facts.Embedded> embedded) {}

    private Place place() {
        return switch (nats) {
            case NatsConfig.Cluster(var storage) -> new Place(storage, Optional.empty());
            case NatsConfig.Embedded embedded -> {
                Path directory = embedded.dataDirectory();
                RunningNats running = RunningNats.find(directory);
                yield new Place(
                        JetStreamConfig.local(running.url())
                                .withCredentials(new Credentials.Token(running.token().value()))
                                .withShards(embedded.shards()),
                        Optional.of(
                                new Facts.Embedded(
                                        directory,
                                        running.syncInterval(),
                                        running.freeBytes(),
                                        running.totalBytes())));
            }
        };
    }

    private Facts look(Place place, StorageInspection inspection) throws InterruptedException {
        StorageReport report = inspection.look();
        List<Facts.Shard> shards = new ArrayList<>();
        for (int shard = 1; shard <= inspection.shards(); shard++) {
            shards.add(
                    new Facts.Shard(
                            shard, folding(inspection, shard), Optional.empty(), Optional.empty()));
        }
        return new Facts(
                clock.instant(), place.config().replicas(), report, place.embedded(), shards);
    }

    private static Optional<FoldingState> folding(StorageInspection inspection, int shard)
            throws InterruptedException {
        try {
            Optional<TimelineInspection> timelines = timelines(inspection, shard);
            return timelines.isPresent()
                    ? Optional.of(timelines.get().folding())
                    : Optional.empty();
        } catch (UnavailableException e) {
            LOG.debug("How far shard {} is folded cannot be told", shard, e);
            return Optional.empty();
        }
    }

    private static Optional<TimelineInspection> timelines(StorageInspection inspection, int shard) {
        return inspection
                .rooms(shard)
                .flatMap(
                        log ->
                                inspection
                                        .pages(shard)
                                        .map(pages -> new TimelineInspection(log, pages)));
    }

    private Facts verified(Facts facts, StorageInspection inspection) throws InterruptedException {
        List<Facts.Shard> shards = new ArrayList<>();
        for (Facts.Shard shard : facts.shards()) {
            shards.add(verified(shard, inspection));
        }
        return new Facts(facts.time(), facts.replicas(), facts.storage(), facts.embedded(), shards);
    }

    private Facts.Shard verified(Facts.Shard shard, StorageInspection inspection)
            throws InterruptedException {
        int number = shard.number();
        try {
            Optional<TimelineInspection> timelines = timelines(inspection, number);
            if (timelines.isEmpty()) {
                return failed(shard, "its log or its pages are missing");
            }
            Verification verification =
                    timelines.get().verify(new VerificationProgress(progress, number));
            return new Facts.Shard(
                    number, shard.folding(), Optional.of(verification), Optional.empty());
        } catch (UnavailableException e) {
            LOG.debug("Shard {} cannot be read", number, e);
            return failed(shard, String.valueOf(e.getMessage()));
        }
    }

    private static Facts.Shard failed(Facts.Shard shard, String why) {
        return new Facts.Shard(shard.number(), shard.folding(), Optional.empty(), Optional.of(why));
    }
}
