package chat.chatto.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.acceptance.server.Compose;
import chat.chatto.acceptance.server.Distribution;
import chat.chatto.acceptance.server.NatsNode;
import chat.chatto.acceptance.server.Proxy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The examples that the distribution has for operators work as they are, with nothing but places replaced. */
// Beside other classes, but one test after the other.
@Execution(ExecutionMode.CONCURRENT)
class ExamplesIT {

    private static final Logger log = LoggerFactory.getLogger(ExamplesIT.class);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PATIENCE_SECONDS = 30;
    private static final List<String> CHATTO = List.of("chatto-1", "chatto-2");

    @TempDir Path directory;

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void runTogetherAsTheComposeFileDescribes() throws Exception {
        Compose compose = Compose.read();
        Map<String, String> secrets = secrets();
        List<NatsNode> nodes = NatsNode.startCluster(directory, secrets);
        List<ChattoServer> servers = new ArrayList<>();
        try {
            for (String service : CHATTO) {
                Map<String, String> environment = new HashMap<>(secrets);
                environment.putAll(onLoopback(compose.environment(service), nodes));
                servers.add(ChattoServer.configured(directory, environment));
            }
            servers.forEach(ChattoServer::begin);
            servers.forEach(ChattoServer::awaitReady);
            try (Proxy proxy =
                    Proxy.start(
                            Proxy.Kind.HAPROXY,
                            directory,
                            servers.stream().map(ChattoServer::uri).toList())) {
                assertWell(compose, nodes, servers);
                assertStoredThreeTimesAndOnDisk(nodes);
                Person ada = Person.register(proxy.uri(), "ada");
                String room = ada.createRoom("examples");

                handOver(nodes.getFirst(), ada, room);

                ada.say(room, "Still here", Keys.next()).orFail();
                // Both servers are asked in turn, and one of them may have lost its node.
                await().atMost(PATIENCE)
                        .during(Duration.ofSeconds(1))
                        .until(() -> ada.everything(room).getLast().body().equals("Still here"));
            }
            assertThat(servers)
                    .allSatisfy(
                            server -> assertThat(server.log()).doesNotContain("unknown variable"));
        } finally {
            servers.forEach(ChattoServer::askToStop);
            servers.forEach(ChattoServer::awaitStop);
            nodes.forEach(NatsNode::close);
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void nameImagesByTheirVersionsAndFilesThatExist() throws IOException {
        Compose compose = Compose.read();

        assertThat(compose.services())
                .containsExactly("chatto-1", "chatto-2", "nats-1", "nats-2", "nats-3", "proxy");
        for (String service : compose.services()) {
            assertThat(compose.image(service)).matches("[a-z]+:\\d+\\.\\d+\\.\\d+(-[a-z]+)?");
            assertThat(compose.healthCheck(service)).isNotEmpty();
            if (!service.equals("proxy")) {
                assertThat(compose.environmentFile(service)).isEqualTo("cluster.env");
            }
            for (String mount : compose.mounts(service)) {
                String source = mount.split(":", 2)[0];
                if (source.startsWith("../")) {
                    assertThat(Distribution.file(source.substring("../".length()))).isRegularFile();
                } else {
                    assertThat(compose.volumes()).contains(source);
                }
            }
        }
        String version = compose.image("chatto-1").replace(':', '-');
        assertThat(Distribution.home()).endsWithRaw(Path.of(version));
        String dockerfile = Files.readString(Distribution.file("compose/Dockerfile"));
        Pattern.compile("(?m)^COPY (\\w+) ")
                .matcher(dockerfile)
                .results()
                .forEach(copy -> assertThat(Distribution.file(copy.group(1))).isDirectory());
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void haveUnitsThatSystemdAccepts() throws Exception {
        Path verifier = Path.of("/usr/bin/systemd-analyze");
        assumeThat(verifier).exists();

        for (String unit : List.of("chatto.service", "nats-server.service")) {
            String text =
                    Files.readString(Distribution.file("systemd/" + unit))
                            .replace("/opt/chatto", Distribution.home().toString())
                            // Accounts that an installation makes.
                            .replaceAll("(?m)^(User|Group)=.*$", "$1=root");
            Path copy = Files.writeString(directory.resolve(unit), text);

            assertThat(run(List.of(verifier.toString(), "verify", copy.toString()))).isEmpty();
        }
    }

    private static void handOver(NatsNode node, Person person, String room) {
        Poster poster = Poster.start(person, List.of(room), Duration.ofMillis(20));
        await().atMost(PATIENCE).until(() -> poster.count() >= 50);
        long begin = System.nanoTime();
        assertThat(node.handOver()).isZero();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        int posted = poster.count();
        await().atMost(PATIENCE).until(() -> poster.count() >= posted + 50);
        poster.finish();
        log.info(
                "{} handed over within {} ms; the slowest post took {} ms, {} were repeated",
                node.name(),
                taken.toMillis(),
                poster.longest().toMillis(),
                poster.repetitions());
    }

    private static void assertWell(
            Compose compose, List<NatsNode> nodes, List<ChattoServer> servers) throws Exception {
        for (NatsNode node : nodes) {
            assertThat(compose.healthCheck(node.name()).getLast())
                    .isEqualTo("http://127.0.0.1:8222/healthz");
            assertThat(node.monitor("/healthz").get("status").getAsString()).isEqualTo("ok");
        }
        for (int index = 0; index < servers.size(); index++) {
            String port = Integer.toString(servers.get(index).uri().getPort());
            List<String> check =
                    compose.healthCheck(CHATTO.get(index)).stream()
                            .map(word -> word.replace("/4000", "/" + port))
                            .toList();
            run(check);
        }
    }

    private static void assertStoredThreeTimesAndOnDisk(List<NatsNode> nodes) {
        JsonObject streams = nodes.getFirst().monitor("/jsz?streams=true&config=true");
        List<JsonElement> details =
                streams.getAsJsonArray("account_details")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("stream_detail")
                        .asList();
        assertThat(details)
                .hasSizeGreaterThan(8)
                .allSatisfy(
                        stream ->
                                assertThat(
                                                stream.getAsJsonObject()
                                                        .getAsJsonObject("config")
                                                        .get("num_replicas")
                                                        .getAsInt())
                                        .isEqualTo(3));
        for (NatsNode node : nodes) {
            JsonObject itself = node.monitor("/varz");
            assertThat(itself.get("max_payload").getAsInt()).isEqualTo(1 << 20);
            JsonObject config = itself.getAsJsonObject("jetstream").getAsJsonObject("config");
            assertThat(config.get("sync_always").getAsBoolean()).isTrue();
            assertThat(itself.getAsJsonObject("cluster").get("name").getAsString())
                    .isEqualTo("chatto");
        }
    }

    private static Map<String, String> onLoopback(
            Map<String, String> environment, List<NatsNode> nodes) {
        Map<String, String> local = new TreeMap<>(environment);
        for (NatsNode node : nodes) {
            local.replaceAll((_, value) -> value.replace(node.name() + ":4222", node.address()));
        }
        assertThat(local.get("CHATTO_NATS_CLIENT_URL")).doesNotContain("4222");
        return local;
    }

    /** As an operator makes them, once for all servers. */
    private static Map<String, String> secrets() throws Exception {
        String made = run(List.of(Distribution.file("compose/secrets.sh").toString()));
        Map<String, String> secrets = new HashMap<>();
        made.lines()
                .map(line -> line.split("=", 2))
                .forEach(variable -> secrets.put(variable[0], variable[1]));
        assertThat(secrets).containsOnlyKeys("CHATTO_CORE_SECRET_KEY", "CHATTO_NATS_CLIENT_TOKEN");
        return secrets;
    }

    /** What a command says that has to succeed. */
    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s said: %s", command, output).isZero();
        return output;
    }
}
