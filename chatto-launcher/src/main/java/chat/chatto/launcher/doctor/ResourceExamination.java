package chat.chatto.launcher.doctor;

import chat.chatto.storage.StorageReport.Condition;
import chat.chatto.storage.StorageReport.Follower;
import chat.chatto.storage.StorageReport.Resource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges the streams, buckets and object stores. */
final class ResourceExamination {

    /** A follower is heard of every second. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    /** More than a follower is behind for a moment under load. */
    private static final long FEW_OPERATIONS = 1_000;

    private static final String RAISE =
            "see that enough NATS servers run, and restart a Chatto server: it raises the replicas"
                    + " of everything to nats.replicas";
    private static final String UNTIL_MAJORITY =
            "start NATS servers until a majority of its replicas runs";
    private static final String RESTART = "restart a Chatto server: it corrects this";

    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, List<String>> silent = new TreeMap<>();
    private final Map<String, List<String>> lagging = new TreeMap<>();

    ResourceExamination(Facts facts) {
        this.facts = facts;
    }

    List<Finding> findings() {
        List<Resource> resources = facts.storage().resources();
        if (resources.stream().allMatch(one -> one.condition() instanceof Condition.Missing)) {
            problem("NATS", "nothing of Chatto is stored here", "start a Chatto server on it");
            return findings;
        }
        for (Resource resource : resources) {
            switch (resource.condition()) {
                case Condition.Missing() ->
                        problem(
                                resource.name(),
                                "it is missing",
                                "start a Chatto server: it makes it anew, empty; restore what was"
                                        + " in it from a backup");
                case Condition.Unanswered(var why) ->
                        problem(resource.name(), "nobody answers for it: " + why, UNTIL_MAJORITY);
                case Condition.Present present -> present(resource, present);
            }
        }
        silent.forEach(
                (server, names) ->
                        problem(
                                server,
                                "its replicas are offline: " + String.join(", ", names),
                                "start this NATS server; the next failure stops Chatto"));
        lagging.forEach(
                (server, names) ->
                        problem(
                                server,
                                "its replicas lag behind: " + String.join(", ", names),
                                "it catches up by itself if its disk and network are fast enough;"
                                        + " look again in a minute"));
        return findings;
    }

    private void present(Resource wanted, Condition.Present present) {
        String name = wanted.name();
        if (present.leader().isEmpty()) {
            problem(name, "it has no leader, so nothing can be written to it", UNTIL_MAJORITY);
        }
        if (present.inMemory() != wanted.inMemory()) {
            problem(
                    name,
                    "it is kept "
                            + Texts.storage(present.inMemory())
                            + " instead of "
                            + Texts.storage(wanted.inMemory()),
                    "copy what it holds, delete it, and restart a Chatto server, which makes it"
                            + " anew");
        }
        if (!present.maximumAge().equals(wanted.maximumAge())) {
            problem(
                    name,
                    "it keeps what it holds "
                            + Texts.age(present.maximumAge())
                            + " instead of "
                            + Texts.age(wanted.maximumAge()),
                    RESTART);
        }
        replicas(wanted, present);
        if (present.leader().isPresent()) {
            majority(name, present);
            present.followers().forEach(follower -> follower(name, follower));
        }
    }

    /** A leader takes some seconds to notice that it has lost its followers, and then resigns. */
    private void majority(String name, Condition.Present present) {
        long running = 1 + present.followers().stream().filter(one -> !isSilent(one)).count();
        if (running * 2 <= present.replicas()) {
            problem(
                    name,
                    "a majority of its replicas is away, so nothing can be written to it",
                    UNTIL_MAJORITY);
        }
    }

    private void replicas(Resource wanted, Condition.Present present) {
        if (present.replicas() < wanted.replicas()) {
            problem(
                    wanted.name(),
                    "it has "
                            + Texts.count(present.replicas(), "replica")
                            + ", fewer than nats.replicas = "
                            + wanted.replicas(),
                    RAISE);
        } else if (present.replicas() > wanted.replicas()) {
            findings.add(
                    Finding.remark(
                            wanted.name(),
                            "it has "
                                    + Texts.count(present.replicas(), "replica")
                                    + ", more than nats.replicas = "
                                    + wanted.replicas()
                                    + "; Chatto never lowers them",
                            "set nats.replicas = " + present.replicas()));
        }
        int placed = present.followers().size() + 1;
        if (present.leader().isPresent() && placed < present.replicas()) {
            problem(
                    wanted.name(),
                    "only " + placed + " of its " + present.replicas() + " replicas have a server",
                    "add NATS servers to the cluster");
        }
    }

    private void follower(String resource, Follower follower) {
        if (isSilent(follower)) {
            silent.computeIfAbsent(follower.server(), _ -> new ArrayList<>()).add(resource);
        } else if (!follower.current() || follower.lag() > FEW_OPERATIONS) {
            lagging.computeIfAbsent(follower.server(), _ -> new ArrayList<>())
                    .add(resource + " by " + Texts.count(follower.lag(), "operation"));
        }
    }

    private static boolean isSilent(Follower follower) {
        return follower.offline()
                || follower.silence()
                        .filter(silence -> silence.compareTo(LONGEST_SILENCE) <= 0)
                        .isEmpty();
    }

    private void problem(String subject, String problem, String remedy) {
        findings.add(Finding.problem(subject, problem, remedy));
    }
}
