package chat.chatto.launcher.doctor;

import chat.chatto.core.timeline.FoldingState;
import chat.chatto.core.timeline.Verification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges the facts. */
final class Examination {

    /** A clock that is further off makes clients' messages look as if they came from the past or the future. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private static final double NEARLY_FULL = 0.85;

    /** Folding takes a second or so after a commit. */
    private static final Duration FOLDING_TOLERANCE = Duration.ofMinutes(1);

    /** As many may be left by a server that was stopped a moment after they were written. */
    private static final long FEW_COMMITS = 1_000;

    private static final String SYNC_ALWAYS = "always";

    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    private Examination(Facts facts) {
        this.facts = facts;
    }

    /** What is wrong, or not known, and what to do about it. */
    static List<Finding> of(Facts facts) {
        Examination examination = new Examination(facts);
        examination.findings.addAll(new ServerExamination(facts).findings());
        examination.findings.addAll(new ResourceExamination(facts).findings());
        examination.quotas();
        examination.clocks();
        examination.embedded();
        facts.shards().forEach(examination::shard);
        return List.copyOf(examination.findings);
    }

    private void quotas() {
        facts.storage().quotas().forEach(quota -> full("JetStream", quota.of(), quota.share()));
        for (var server : facts.storage().servers()) {
            server.monitoring()
                    .ifPresent(
                            monitoring ->
                                    monitoring
                                            .quotas()
                                            .forEach(
                                                    quota ->
                                                            full(
                                                                    server.name(),
                                                                    quota.of(),
                                                                    quota.share())));
        }
    }

    private void full(String subject, String what, double share) {
        if (share >= NEARLY_FULL) {
            findings.add(
                    Finding.problem(
                            subject,
                            what
                                    + " that JetStream may use is "
                                    + Math.round(100 * share)
                                    + " % full; when it is full, nothing can be posted",
                            "raise the limit (max_file_store or max_memory_store in nats.conf, or"
                                    + " the account's limits), or add space"));
        }
    }

    private void clocks() {
        facts.storage()
                .clocks()
                .forEach(
                        (server, ahead) -> {
                            if (ahead.abs().compareTo(CLOCK_TOLERANCE) > 0) {
                                findings.add(
                                        Finding.problem(
                                                server,
                                                "its clock is "
                                                        + Texts.seconds(ahead.abs())
                                                        + (ahead.isNegative()
                                                                ? " behind"
                                                                : " ahead of")
                                                        + " this machine's",
                                                "synchronise the clocks of all machines (NTP)"));
                            }
                        });
    }

    private void embedded() {
        facts.embedded()
                .ifPresent(
                        embedded -> {
                            sync("the embedded NATS", embedded.syncInterval(), findings);
                            double used = 1 - (double) embedded.freeBytes() / embedded.totalBytes();
                            if (used >= NEARLY_FULL) {
                                findings.add(
                                        Finding.problem(
                                                embedded.dataDirectory().toString(),
                                                "its disk is "
                                                        + Math.round(100 * used)
                                                        + " % full; when it is full, nothing can be"
                                                        + " posted",
                                                "make room, or move the directory to a larger disk"
                                                        + " (nats.embedded.data_dir)"));
                            }
                        });
    }

    /** Says what an acknowledgement is worth on a server that does not sync before it. */
    static void sync(String server, String interval, List<Finding> findings) {
        if (!interval.equals(SYNC_ALWAYS)) {
            findings.add(
                    Finding.problem(
                            server,
                            "it writes to the disk every "
                                    + interval
                                    + ", so a power cut can take back what it acknowledged since",
                            server.startsWith("the embedded")
                                    ? "set nats.embedded.sync_interval = \"always\" and restart"
                                            + " Chatto"
                                    : "set sync_interval: always in the jetstream block of its"
                                            + " nats.conf and restart it"));
        }
    }

    private void shard(Facts.Shard shard) {
        String subject = "shard " + shard.number();
        shard.folding().ifPresent(folding -> folding(subject, folding));
        shard.verificationFailure()
                .ifPresent(
                        why ->
                                findings.add(
                                        Finding.problem(
                                                subject,
                                                "it could not be verified: " + why,
                                                "put right what is said above, and verify again")));
        shard.verification()
                .map(Verification::damages)
                .orElse(List.of())
                .forEach(damage -> damage(subject, damage));
    }

    private void folding(String subject, FoldingState folding) {
        boolean old =
                folding.oldest()
                        .filter(at -> at.isBefore(facts.time().minus(FOLDING_TOLERANCE)))
                        .isPresent();
        if (!old) {
            return;
        }
        String problem =
                folding.waiting()
                        + " commits wait to be folded into pages, the oldest since "
                        + folding.oldest().orElseThrow();
        if (folding.waiting() > FEW_COMMITS) {
            findings.add(
                    Finding.problem(
                            subject,
                            problem + "; the longer the log, the longer a server takes to start",
                            "start a Chatto server; if one runs, look into its log for what is"
                                    + " said about folding"));
        } else {
            findings.add(
                    Finding.remark(
                            subject,
                            problem,
                            "none, if no Chatto server runs: the next one folds them"));
        }
    }

    private void damage(String subject, Verification.Damage damage) {
        findings.add(
                Finding.problem(
                        damage.room().map(room -> "room " + room).orElse(subject),
                        "its history is damaged, first at sequence "
                                + damage.sequence()
                                + ": "
                                + damage.what(),
                        "restore what is stored from a backup made before; Chatto does not show"
                                + " or continue what it finds damaged"));
    }
}
