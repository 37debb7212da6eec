package chat.chatto.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.FoldingState;
import chat.chatto.core.timeline.Verification;
import chat.chatto.launcher.doctor.Finding.Severity;
import chat.chatto.storage.StorageReport;
import chat.chatto.storage.StorageReport.Condition;
import chat.chatto.storage.StorageReport.Follower;
import chat.chatto.storage.StorageReport.Identity;
import chat.chatto.storage.StorageReport.Kind;
import chat.chatto.storage.StorageReport.Monitoring;
import chat.chatto.storage.StorageReport.Quota;
import chat.chatto.storage.StorageReport.Resource;
import chat.chatto.storage.StorageReport.Server;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each thing that can be wrong is a finding that names it and what to do; what is right is none. */
class ExaminationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration AGE = Duration.ofDays(90);
    private static final Optional<Duration> HEARD = Optional.of(Duration.ofMillis(300));

    private final List<Server> healthyServers =
            List.of(server("n1", "2.15.1"), server("n2", "2.15.1"), server("n3", "2.15.1"));

    @Test
    void hasNothingToSayAboutAHealthyCluster() {
        assertThat(of(healthyServers, resource(healthy()))).isEmpty();
    }

    @Test
    void namesServersThatAreAwayOldOrDifferent() {
        Server away =
                new Server(
                        "n3:4222",
                        Optional.of("n3:4222 does not answer"),
                        Optional.empty(),
                        Optional.empty());
        Server old =
                new Server(
                        "n2:4222",
                        Optional.empty(),
                        Optional.of(new Identity("n2", "2.11.4", true)),
                        monitoring("always"));

        assertThat(of(List.of(server("n1", "2.15.1"), old, away), resource(healthy())))
                .anySatisfy(found -> isProblem(found, "n3:4222", "does not answer", "start"))
                .anySatisfy(found -> isProblem(found, "n2", "2.11.4 is too old", "2.12.0"))
                .anySatisfy(found -> isProblem(found, "NATS", "different versions", "upgrade"))
                .anySatisfy(found -> isProblem(found, "NATS", "only 2 servers", "start"))
                .hasSize(4);
    }

    @Test
    void distinguishesNotSyncedFromNotSeen() {
        Server unseen =
                new Server(
                        "n3:4222",
                        Optional.empty(),
                        Optional.of(new Identity("n3", "2.15.1", false)),
                        Optional.empty());
        Server lazy =
                new Server(
                        "n2:4222",
                        Optional.empty(),
                        Optional.of(new Identity("n2", "2.15.1", false)),
                        monitoring("120s"));

        assertThat(of(List.of(server("n1", "2.15.1"), lazy, unseen), resource(healthy())))
                .anySatisfy(found -> isProblem(found, "n2", "every 120s", "sync_interval: always"))
                .anySatisfy(
                        found -> {
                            assertThat(found.severity()).isEqualTo(Severity.REMARK);
                            assertThat(found.problem()).contains("cannot be seen");
                        })
                .hasSize(2);
    }

    @Test
    void namesEveryKindOfTroubleWithAResource() {
        assertFound(
                new Condition.Unanswered("silence"), "nobody answers for it: silence", "majority");
        assertFound(present(false, 1, Optional.of("n1"), AGE), "1 replica", "nats.replicas");
        assertFound(present(true, 3, Optional.of("n1"), AGE, "n2", "n3"), "in memory", "delete it");
        assertFound(present(false, 3, Optional.empty(), AGE, "n2", "n3"), "no leader", "majority");
        assertFound(
                present(false, 3, Optional.of("n1"), Duration.ofDays(1), "n2", "n3"),
                "for 1 day instead of for 90 days",
                "restart");
        assertFound(present(false, 3, Optional.of("n1"), AGE, "n2"), "only 2 of its 3", "add NATS");
    }

    @Test
    void namesAMissingResourceOnlyOnceWhenNothingIsThere() {
        Resource missing = resource(new Condition.Missing());

        assertThat(of(healthyServers, missing, missing))
                .singleElement()
                .satisfies(found -> isProblem(found, "NATS", "nothing of Chatto", "start"));
        assertThat(of(healthyServers, missing, resource(healthy())))
                .singleElement()
                .satisfies(found -> isProblem(found, "ROOMS_1", "is missing", "backup"));
    }

    @Test
    void gathersWhatIsWrongWithAReplicasServer() {
        Condition broken =
                new Condition.Present(
                        false,
                        3,
                        AGE,
                        Optional.of("n1"),
                        List.of(
                                new Follower(
                                        "n2", false, true, Optional.of(Duration.ofSeconds(9)), 0),
                                new Follower("n3", false, false, HEARD, 5_000),
                                new Follower("n4", false, false, Optional.empty(), 2)),
                        1,
                        1);

        assertThat(of(healthyServers, resource(broken)))
                .anySatisfy(found -> isProblem(found, "n2", "offline: ROOMS_1", "start"))
                .anySatisfy(found -> isProblem(found, "n3", "5,000 operations", "catches up"))
                .anySatisfy(found -> isProblem(found, "n4", "offline: ROOMS_1", "start"))
                .hasSize(3);
    }

    @Test
    void remarksOnMoreReplicasThanConfigured() {
        Condition more = present(false, 5, Optional.of("n1"), AGE, "n2", "n3", "n4", "n5");

        assertThat(of(healthyServers, resource(more)))
                .singleElement()
                .satisfies(found -> assertThat(found.severity()).isEqualTo(Severity.REMARK));
    }

    @Test
    void warnsBeforeDiskOrMemoryIsFull() {
        Facts facts =
                facts(
                        healthyServers,
                        List.of(new Quota("the account's disk", 90, 100)),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        resource(healthy()));

        assertThat(Examination.of(facts))
                .singleElement()
                .satisfies(found -> isProblem(found, "JetStream", "90 % full", "raise"));
    }

    @Test
    void noticesClocksThatDiffer() {
        Facts facts =
                facts(
                        healthyServers,
                        List.of(),
                        Map.of("n1", Duration.ofSeconds(-7), "n2", Duration.ofMillis(900)),
                        Optional.empty(),
                        List.of(),
                        resource(healthy()));

        assertThat(Examination.of(facts))
                .singleElement()
                .satisfies(found -> isProblem(found, "n1", "7.0 s behind", "NTP"));
    }

    @Test
    void looksAtTheEmbeddedServersDiskAndSync() {
        Facts facts =
                new Facts(
                        NOW,
                        3,
                        report(healthyServers, List.of(), Map.of()),
                        Optional.of(new Facts.Embedded(Path.of("data"), "2000ms", 5, 100)),
                        List.of());

        assertThat(Examination.of(facts))
                .anySatisfy(found -> isProblem(found, "data", "95 % full", "make room"))
                .anySatisfy(
                        found ->
                                isProblem(
                                        found,
                                        "the embedded NATS",
                                        "every 2000ms",
                                        "nats.embedded.sync_interval"))
                .hasSize(2);
    }

    @Test
    void noticesFoldingThatStands() {
        assertThat(folding(50_000, NOW.minusSeconds(30))).isEmpty();
        assertThat(folding(50_000, NOW.minusSeconds(90)))
                .singleElement()
                .satisfies(found -> isProblem(found, "shard 1", "50000 commits", "start a Chatto"));
        assertThat(folding(3, NOW.minusSeconds(90)))
                .singleElement()
                .satisfies(found -> assertThat(found.severity()).isEqualTo(Severity.REMARK));
    }

    @Test
    void namesDamagedRoomsAndTheFirstBadSequence() {
        var damage = new Verification.Damage(Optional.of(new RoomId("Rone")), 17, "it is missing");
        var shard =
                new Facts.Shard(
                        1,
                        Optional.empty(),
                        Optional.of(new Verification(2, 2, 10, 3, List.of(damage))),
                        Optional.empty());

        assertThat(ofShard(shard))
                .singleElement()
                .satisfies(found -> isProblem(found, "room Rone", "at sequence 17", "backup"));
    }

    private List<Finding> folding(long waiting, Instant oldest) {
        return ofShard(
                new Facts.Shard(
                        1,
                        Optional.of(new FoldingState(waiting, Optional.of(oldest))),
                        Optional.empty(),
                        Optional.empty()));
    }

    private List<Finding> ofShard(Facts.Shard shard) {
        return Examination.of(
                facts(
                        healthyServers,
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(shard),
                        resource(healthy())));
    }

    private void assertFound(Condition condition, String problem, String remedy) {
        assertThat(of(healthyServers, resource(condition)))
                .singleElement()
                .satisfies(found -> isProblem(found, "ROOMS_1", problem, remedy));
    }

    private static List<Finding> of(List<Server> servers, Resource... resources) {
        return Examination.of(
                facts(servers, List.of(), Map.of(), Optional.empty(), List.of(), resources));
    }

    private static Facts facts(
            List<Server> servers,
            List<Quota> quotas,
            Map<String, Duration> clocks,
            Optional<Facts.Embedded> embedded,
            List<Facts.Shard> shards,
            Resource... resources) {
        return new Facts(NOW, 3, report(servers, quotas, clocks, resources), embedded, shards);
    }

    private static StorageReport report(
            List<Server> servers,
            List<Quota> quotas,
            Map<String, Duration> clocks,
            Resource... resources) {
        List<Resource> present =
                resources.length == 0 ? List.of(resource(healthy())) : List.of(resources);
        return new StorageReport(servers, "2.12.0", present, quotas, clocks);
    }

    private static Server server(String name, String version) {
        return new Server(
                name + ":4222",
                Optional.empty(),
                Optional.of(new Identity(name, version, false)),
                monitoring("always"));
    }

    private static Optional<Monitoring> monitoring(String syncInterval) {
        return Optional.of(new Monitoring(syncInterval, List.of()));
    }

    private static Resource resource(Condition condition) {
        return new Resource("ROOMS_1", Kind.LOG, false, 3, AGE, condition);
    }

    private static Condition healthy() {
        return present(false, 3, Optional.of("n1"), AGE, "n2", "n3");
    }

    private static Condition present(
            boolean inMemory,
            int replicas,
            Optional<String> leader,
            Duration age,
            String... followers) {
        return new Condition.Present(
                inMemory,
                replicas,
                age,
                leader,
                List.of(followers).stream()
                        .map(name -> new Follower(name, false, true, HEARD, 0))
                        .toList(),
                1,
                1);
    }

    private static void isProblem(Finding finding, String subject, String problem, String remedy) {
        assertThat(finding.severity()).isEqualTo(Severity.PROBLEM);
        assertThat(finding.subject()).isEqualTo(subject);
        assertThat(finding.problem()).contains(problem);
        assertThat(finding.remedy()).contains(remedy);
    }
}
