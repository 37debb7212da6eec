package chat.chatto.launcher.doctor;

import chat.chatto.storage.StorageReport.Identity;
import chat.chatto.storage.StorageReport.Server;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges the NATS servers themselves. */
final class ServerExamination {

    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    ServerExamination(Facts facts) {
        this.facts = facts;
    }

    List<Finding> findings() {
        for (Server server : facts.storage().servers()) {
            server.trouble()
                    .ifPresent(
                            trouble ->
                                    findings.add(
                                            Finding.problem(
                                                    server.name(),
                                                    trouble,
                                                    "start this NATS server, or correct"
                                                            + " nats.client.url")));
            server.identity().filter(Identity::tooOld).ifPresent(this::tooOld);
            server.monitoring()
                    .ifPresent(
                            monitoring ->
                                    Examination.sync(
                                            server.name(), monitoring.syncInterval(), findings));
        }
        versions();
        count();
        unseen();
        return findings;
    }

    private void tooOld(Identity server) {
        findings.add(
                Finding.problem(
                        server.name(),
                        "nats-server " + server.version() + " is too old",
                        "upgrade it to " + facts.storage().oldestVersion() + " or newer"));
    }

    private void versions() {
        TreeMap<String, List<String>> byVersion =
                facts.storage().servers().stream()
                        .flatMap(server -> server.identity().stream())
                        .collect(
                                Collectors.groupingBy(
                                        Identity::version,
                                        TreeMap::new,
                                        Collectors.mapping(Identity::name, Collectors.toList())));
        if (byVersion.size() > 1) {
            findings.add(
                    Finding.problem(
                            "NATS",
                            "its servers are of different versions: "
                                    + byVersion.entrySet().stream()
                                            .map(
                                                    entry ->
                                                            entry.getKey()
                                                                    + " on "
                                                                    + String.join(
                                                                            ", ", entry.getValue()))
                                            .collect(Collectors.joining("; ")),
                            "complete the upgrade"));
        }
    }

    private void count() {
        long seen =
                facts.storage().servers().stream()
                        .filter(server -> server.identity().isPresent())
                        .count();
        if (seen < facts.replicas()) {
            findings.add(
                    Finding.problem(
                            "NATS",
                            "nats.replicas is "
                                    + facts.replicas()
                                    + ", but only "
                                    + Texts.count(seen, "server")
                                    + " can be seen",
                            "start the others, and let nats.client.url name them all"));
        }
    }

    private void unseen() {
        List<String> silent =
                facts.storage().servers().stream()
                        .filter(server -> server.identity().isPresent())
                        .filter(server -> server.monitoring().isEmpty())
                        .map(Server::name)
                        .toList();
        if (facts.embedded().isEmpty() && !silent.isEmpty()) {
            findings.add(
                    Finding.remark(
                            String.join(", ", silent),
                            "it cannot be seen whether sync_interval is always, and how full the"
                                    + " disk is",
                            "set http: \"127.0.0.1:8222\" in nats.conf and give --monitor-url"
                                    + " http://HOST:8222 of each server"));
        }
    }
}
