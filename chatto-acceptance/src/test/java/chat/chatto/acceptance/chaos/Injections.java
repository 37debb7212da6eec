package chat.chatto.acceptance.chaos;

import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.server.ChattoServer;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** How each {@link Fault} is done. */
final class Injections {

    private static final Duration TAKEOVER = Duration.ofSeconds(15);
    private static final String NOTHING = "";

    private Injections() {}

    private record Simple(String what, Runnable beginning, Runnable healing) implements Injection {

        @Override
        public void begin() {
            beginning.run();
        }

        @Override
        public String heal() {
            healing.run();
            return NOTHING;
        }
    }

    static Injection killLeader(Stage stage) {
        return kill(stage.nats().leader(), "the leader");
    }

    static Injection killFollower(Stage stage) {
        return kill(stage.nats().followers().getFirst(), "a follower");
    }

    private static Injection kill(NatsNode node, String role) {
        return new Simple("kill -9 " + node.name() + ", " + role, node::kill, node::start);
    }

    static Injection pauseLeader(Stage stage) {
        NatsNode leader = stage.nats().leader();
        return new Simple(
                "SIGSTOP " + leader.name() + ", the leader", leader::pause, leader::resume);
    }

    static Injection isolateLeader(Stage stage) {
        NatsNode leader = stage.nats().leader();
        return new Simple(
                "cut " + leader.name() + ", the leader, off from the other nodes",
                () -> stage.nats().isolate(leader),
                () -> stage.nats().reconnect(leader));
    }

    /** A nats-server that could not write gives JetStream up until it is started anew; so whoever makes room does that, too. */
    static Injection fillDisk(Stage stage) {
        SmallDisk disk = stage.smallDisk().orElseThrow();
        NatsNode node = stage.nats().nodes().getFirst();
        return new Simple(
                "fill the disk of " + node.name(),
                disk::fill,
                () -> {
                    disk.free();
                    node.terminate();
                    node.start();
                });
    }

    static Injection killMajority(Stage stage) {
        NatsNode leader = stage.nats().leader();
        NatsNode other = stage.nats().followers().getFirst();
        return killed(List.of(leader, other));
    }

    static Injection killAll(Stage stage) {
        return killed(stage.nats().nodes());
    }

    private static Injection killed(List<NatsNode> nodes) {
        String names = nodes.stream().map(NatsNode::name).collect(Collectors.joining(", "));
        return new Simple(
                "kill -9 " + names,
                () -> nodes.forEach(NatsNode::kill),
                () -> nodes.forEach(NatsNode::start));
    }

    static Injection killChatto(Stage stage) {
        ChattoServer folding = stage.folding();
        return new Simple(
                "kill -9 " + stage.nameOf(folding) + ", which folds",
                folding::kill,
                folding::begin);
    }

    static Injection pauseFolding(Stage stage) {
        ChattoServer folding = stage.folding();
        ChattoServer other =
                stage.chattos().stream().filter(one -> one != folding).findFirst().orElseThrow();
        return new Injection() {
            private long begin;

            @Override
            public String what() {
                return "SIGSTOP " + stage.nameOf(folding) + ", which folds";
            }

            @Override
            public void begin() {
                begin = System.nanoTime();
                folding.pause();
            }

            @Override
            public String heal() {
                try {
                    await("the other server to fold")
                            .atMost(TAKEOVER)
                            .until(() -> Stage.folds(other));
                } finally {
                    folding.resume();
                }
                return "%s folds; its predecessor woke up after %.1f s"
                        .formatted(stage.nameOf(other), (System.nanoTime() - begin) / 1e9);
            }
        };
    }

    /** One after the other, each as its process manager would do it; the next only when all is well again. */
    static Injection restartEverything(Stage stage) {
        return new Simple(
                "restart every process in turn",
                () -> {
                    for (NatsNode node : stage.nats().nodes()) {
                        node.terminate();
                        node.start();
                        stage.awaitWell();
                    }
                    stage.restartChattos();
                },
                () -> {});
    }
}
