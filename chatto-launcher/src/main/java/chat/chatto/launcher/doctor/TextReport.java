package chat.chatto.launcher.doctor;

import chat.chatto.launcher.doctor.Finding.Severity;
import chat.chatto.storage.StorageReport.Condition;
import chat.chatto.storage.StorageReport.Kind;
import chat.chatto.storage.StorageReport.Resource;
import chat.chatto.storage.StorageReport.Server;

import java.io.PrintWriter;
import java.util.List;

/** The report for people. */
final class TextReport {

    private static final String NOTHING = "-";

    private final PrintWriter out;

    TextReport(PrintWriter out) {
        this.out = out;
    }

    void print(Facts facts, List<Finding> findings) {
        servers(facts);
        out.println();
        resources(facts.storage().resources());
        out.println();
        facts.shards().forEach(this::shard);
        findings.stream()
                .filter(finding -> finding.severity() == Severity.PROBLEM)
                .forEach(this::finding);
        findings.stream()
                .filter(finding -> finding.severity() == Severity.REMARK)
                .forEach(this::finding);
        long problems =
                findings.stream().filter(finding -> finding.severity() == Severity.PROBLEM).count();
        out.println(
                problems == 0
                        ? "Everything is in order."
                        : Texts.count(problems, "problem") + " found.");
        out.flush();
    }

    private void servers(Facts facts) {
        Table table = new Table("SERVER", "ADDRESS", "VERSION", "SYNC");
        for (Server server : facts.storage().servers()) {
            table.add(
                    server.identity().map(identity -> identity.name()).orElse(NOTHING),
                    server.address(),
                    server.identity().map(identity -> identity.version()).orElse("away"),
                    server.monitoring()
                            .map(monitoring -> monitoring.syncInterval())
                            .or(() -> facts.embedded().map(Facts.Embedded::syncInterval))
                            .orElse("?"));
        }
        table.print(out);
    }

    private void resources(List<Resource> resources) {
        Table table =
                new Table(
                        "NAME", "KIND", "STORAGE", "REPLICAS", "LEADER", "LAG", "MESSAGES", "SIZE");
        for (Resource resource : resources) {
            switch (resource.condition()) {
                case Condition.Present present ->
                        table.add(
                                resource.name(),
                                kind(resource.kind()),
                                present.inMemory() ? "memory" : "file",
                                present.replicas() + "/" + resource.replicas(),
                                present.leader().orElse("none"),
                                Texts.grouped(present.worstLag()),
                                Texts.grouped(present.records()),
                                Texts.bytes(present.bytes()));
                case Condition.Missing() -> absent(table, resource, "missing");
                case Condition.Unanswered _ -> absent(table, resource, "no answer");
            }
        }
        table.print(out);
    }

    private static void absent(Table table, Resource resource, String why) {
        table.add(
                resource.name(),
                kind(resource.kind()),
                resource.inMemory() ? "memory" : "file",
                NOTHING + "/" + resource.replicas(),
                why,
                NOTHING,
                NOTHING,
                NOTHING);
    }

    static String kind(Kind kind) {
        return switch (kind) {
            case LOG -> "stream";
            case KEY_VALUE -> "key-value";
            case OBJECTS -> "objects";
        };
    }

    private void shard(Facts.Shard shard) {
        shard.folding()
                .ifPresent(
                        folding ->
                                out.println(
                                        "Shard "
                                                + shard.number()
                                                + ": "
                                                + Texts.count(folding.waiting(), "commit")
                                                + " to be folded into pages."));
        shard.verification()
                .ifPresent(
                        verification ->
                                out.println(
                                        "Shard "
                                                + shard.number()
                                                + " verified: "
                                                + Texts.count(verification.rooms(), "room")
                                                + ", "
                                                + Texts.count(verification.pages(), "page")
                                                + ", "
                                                + Texts.count(verification.commits(), "commit")
                                                + " in the log; "
                                                + (verification.damages().isEmpty()
                                                        ? "no damage."
                                                        : Texts.count(
                                                                        verification
                                                                                .damages()
                                                                                .size(),
                                                                        "damage")
                                                                + ".")));
    }

    private void finding(Finding finding) {
        out.println(
                (finding.severity() == Severity.PROBLEM ? "PROBLEM " : "REMARK  ")
                        + finding.subject()
                        + ": "
                        + finding.problem());
        out.println("        To do: " + finding.remedy());
    }
}
