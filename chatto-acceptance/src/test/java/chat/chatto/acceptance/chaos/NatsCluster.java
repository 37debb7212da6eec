package chat.chatto.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.chaos.NatsNode.NodePorts;
import chat.chatto.acceptance.server.Ports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three real nats-servers whose routes can be cut. For one thread. */
final class NatsCluster implements AutoCloseable {

    private static final int SIZE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<NatsNode> nodes = new ArrayList<>();
    private final Relay[][] routes = new Relay[SIZE][SIZE]; // by who dials and who is dialled

    /** @param small where the first node keeps its store; empty for a place like that of the others */
    NatsCluster(Path directory, Optional<Path> small) {
        List<NodePorts> ports = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            ports.add(new NodePorts(Ports.free(), Ports.free(), Ports.free()));
        }
        for (int from = 0; from < SIZE; from++) {
            List<Integer> ways = new ArrayList<>();
            for (int to = 0; to < SIZE; to++) {
                if (from != to) {
                    routes[from][to] = Relay.to(ports.get(to).cluster());
                    ways.add(routes[from][to].port());
                }
            }
            Path own = created(directory.resolve("nats-" + (from + 1)));
            Path store = from == 0 ? small.orElse(own) : own;
            nodes.add(new NatsNode("nats-" + (from + 1), own, store, ports.get(from), ways));
        }
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        nodes.forEach(NatsNode::start);
        awaitCurrent();
    }

    List<NatsNode> nodes() {
        return List.copyOf(nodes);
    }

    List<String> urls() {
        return nodes.stream().map(NatsNode::url).toList();
    }

    /** The node that leads the stream of all rooms. */
    NatsNode leader() {
        return await("a leader of ROOMS_1")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(this::knownLeader, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<NatsNode> knownLeader() {
        return nodes.stream()
                .flatMap(node -> node.leaderOf("ROOMS_1").stream())
                .flatMap(name -> nodes.stream().filter(node -> node.name().equals(name)))
                .filter(NatsNode::isRunning)
                .findFirst();
    }

    List<NatsNode> followers() {
        NatsNode leader = leader();
        return nodes.stream().filter(node -> node != leader).toList();
    }

    /** Cuts a node off from the others; clients still reach it. */
    void isolate(NatsNode node) {
        routesOf(node).forEach(Relay::cut);
    }

    void reconnect(NatsNode node) {
        routesOf(node).forEach(Relay::mend);
    }

    private List<Relay> routesOf(NatsNode node) {
        int index = nodes.indexOf(node);
        List<Relay> own = new ArrayList<>();
        for (int other = 0; other < SIZE; other++) {
            if (other != index) {
                own.add(routes[index][other]);
                own.add(routes[other][index]);
            }
        }
        return own;
    }

    /** Waits until every node has everything. */
    void awaitCurrent() {
        await("all nats-servers to be current")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> nodes.stream().allMatch(NatsNode::isCurrent));
    }

    @Override
    public void close() {
        nodes.forEach(NatsNode::discard);
        for (Relay[] from : routes) {
            for (Relay route : from) {
                if (route != null) {
                    route.close();
                }
            }
        }
    }
}
