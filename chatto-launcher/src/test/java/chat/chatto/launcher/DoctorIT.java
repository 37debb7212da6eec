package chat.chatto.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AttachmentSource;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.MentionDirectory;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.PageFileConfig;
import chat.chatto.core.timeline.TimelineAccess;
import chat.chatto.core.timeline.TimelineAction;
import chat.chatto.core.timeline.TimelineLimits;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.RootSecret;
import chat.chatto.launcher.config.NatsConfig;
import chat.chatto.launcher.config.SyncInterval;
import chat.chatto.launcher.nats.DataDirectory;
import chat.chatto.launcher.nats.EmbeddedNats;
import chat.chatto.launcher.nats.NatsBinary;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.jetstream.Credentials;
import chat.chatto.storage.jetstream.JetStreamConfig;
import chat.chatto.storage.jetstream.JetStreamStorage;
import chat.chatto.storage.jetstream.NatsClusterExtension;
import chat.chatto.storage.jetstream.NatsServer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.nats.client.Connection;
import io.nats.client.Nats;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an operator sees of a real cluster and of the embedded server. */
class DoctorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension static final NatsClusterExtension cluster = new NatsClusterExtension();

    @TempDir Path directory;

    private StringWriter output = new StringWriter();
    private StringWriter errors = new StringWriter();

    @BeforeEach
    void makeWhole() {
        cluster.servers().stream().filter(server -> !server.running()).forEach(NatsServer::start);
        JetStreamStorage.open(cluster.config()).close();
    }

    @Test
    void isSatisfiedWithAHealthyCluster() {
        awaitHealthy();

        assertThat(output.toString())
                .containsPattern("NAME +KIND +STORAGE +REPLICAS +LEADER +LAG +MESSAGES +SIZE")
                .containsPattern(
                        "SERVER +key-value +file +3/3 +nats-[123] +[0-9,]+ +[0-9,]+ +[0-9]")
                .containsPattern("PRESENCE +key-value +memory +3/3")
                .containsPattern("ROOMS_1 +stream +file +3/3")
                .containsPattern("ASSETS +objects +file +3/3")
                .containsPattern("nats-2 +127.0.0.1:\\d+ +2\\.")
                .contains("REMARK  nats-1, nats-2, nats-3: it cannot be seen whether sync_interval")
                .contains("Everything is in order.");
    }

    @Test
    void namesTheServerThatDied() {
        awaitHealthy();
        NatsServer dead = cluster.server("nats-2");
        dead.kill();

        assertThat(doctor()).isEqualTo(ExitCode.FOUND_PROBLEMS);
        assertThat(output.toString())
                .contains("PROBLEM " + dead.url().substring("nats://".length()))
                .contains("only 2 servers can be seen")
                .contains("To do: start this NATS server");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            assertThat(doctor()).isEqualTo(ExitCode.FOUND_PROBLEMS);
                            assertThat(output.toString())
                                    .containsPattern(
                                            "PROBLEM nats-2: its replicas are offline: .*ROOMS_1");
                        });
        dead.start();
        awaitHealthy();
    }

    @Test
    void saysThatAMajorityIsMissing() {
        cluster.server("nats-2").kill();
        cluster.server("nats-3").kill();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            assertThat(doctor()).isEqualTo(ExitCode.FOUND_PROBLEMS);
                            assertThat(output.toString())
                                    .containsPattern(
                                            "PROBLEM SERVER: (nobody answers for it|it has no"
                                                    + " leader|a majority of its replicas is away)")
                                    .contains("until a majority of its replicas runs");
                        });
    }

    @Test
    void namesWhatIsMissing() throws Exception {
        awaitHealthy();
        natively(connection -> connection.jetStreamManagement().deleteStream("NOTIFICATIONS"));

        assertThat(doctor("--json")).isEqualTo(ExitCode.FOUND_PROBLEMS);
        JsonObject report = JsonParser.parseString(output.toString()).getAsJsonObject();
        assertThat(report.get("healthy").getAsBoolean()).isFalse();
        assertThat(report.getAsJsonArray("resources")).hasSize(13);
        assertThat(report.getAsJsonArray("findings").toString())
                .contains("NOTIFICATIONS", "it is missing");
    }

    @Test
    void readsAllHistoryAndNamesTheDamagedRoom() throws Exception {
        RoomId room = new RoomId("Rdamaged");
        long second;
        try (JetStreamStorage storage = JetStreamStorage.open(cluster.config())) {
            post(storage, room);
            second = storage.rooms(1).read(room.value(), 0, 10).get(1).sequence();
        }
        assertThat(doctor("--verify")).as(() -> output.toString()).isEqualTo(ExitCode.OK);
        assertThat(output.toString()).contains("Shard 1 verified: 1 room").contains("no damage");
        assertThat(errors.toString()).contains("Verifying shard 1");

        natively(connection -> connection.jetStreamManagement().deleteMessage("ROOMS_1", second));

        assertThat(doctor("--verify")).isEqualTo(ExitCode.FOUND_PROBLEMS);
        assertThat(output.toString())
                .contains("PROBLEM room Rdamaged")
                .contains("first at sequence " + second);
        natively(connection -> connection.jetStreamManagement().deleteStream("ROOMS_1"));
        natively(connection -> connection.jetStreamManagement().deleteStream("KV_PAGES_1"));
    }

    private static void post(JetStreamStorage storage, RoomId room) throws Exception {
        try (DataKeys keys =
                        DataKeys.open(
                                storage.bucket(Bucket.ENCRYPTION_KEYS),
                                RootSecret.of("the secret of a test, long enough"));
                Timelines timelines =
                        new Timelines(
                                storage,
                                keys,
                                new Everybody(),
                                MentionDirectory.EMPTY,
                                InstantSource.system(),
                                new SecureRandom(),
                                TimelineLimits.standard(),
                                PageFileConfig.none(),
                                AttachmentSource.NONE)) {
            timelines.start();
            for (int i = 0; i < 5; i++) {
                timelines.post(
                        new UserId("Uann"), room, NewMessage.of("message " + i), Optional.empty());
            }
            await().until(() -> storage.pages(1).get("head." + room).isPresent());
        }
    }

    private record Everybody() implements TimelineAccess {
        @Override
        public int shard(RoomId room) {
            return 1;
        }

        @Override
        public void checkRead(UserId user, RoomId room) {}

        @Override
        public boolean mayRead(UserId user, RoomId room) {
            return true;
        }

        @Override
        public void checkWrite(UserId user, RoomId room) {}

        @Override
        public void check(UserId user, RoomId room, TimelineAction action) {}

        @Override
        public boolean mayModerate(UserId user, RoomId room) {
            return false;
        }
    }

    @Test
    void looksAtTheEmbeddedServerOfARunningChatto() throws Exception {
        Path data = directory.resolve("data");
        NatsConfig.Embedded config =
                new NatsConfig.Embedded(
                        "127.0.0.1",
                        0,
                        0,
                        data,
                        Optional.empty(),
                        Optional.empty(),
                        SyncInterval.ALWAYS,
                        1);
        Path binary = new NatsBinary(Optional.empty(), System.getenv()).find(Optional.empty());
        try (DataDirectory held = DataDirectory.open(data);
                EmbeddedNats nats = EmbeddedNats.start(held, config, binary)) {
            assertThat(run("doctor", "--data-dir", data.toString()))
                    .isEqualTo(ExitCode.FOUND_PROBLEMS);
            assertThat(output.toString()).contains("nothing of Chatto is stored here");

            JetStreamStorage.open(
                            JetStreamConfig.local(nats.url())
                                    .withCredentials(new Credentials.Token(nats.token().value())))
                    .close();

            assertThat(run("doctor", "--data-dir", data.toString()))
                    .as(() -> output.toString())
                    .isEqualTo(ExitCode.OK);
            assertThat(output.toString())
                    .containsPattern("ROOMS_1 +stream +file +1/1")
                    .doesNotContain("REMARK");
        }
        assertThat(run("doctor", "--data-dir", data.toString())).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(errors.toString()).contains("no Chatto runs on").contains("chatto serve");
    }

    @Test
    void saysThatNatsCannotBeReached() {
        assertThat(run("doctor", "--nats-url", "nats://127.0.0.1:1"))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(errors.toString())
                .contains("chatto: NATS cannot be reached: 127.0.0.1:1")
                .contains("nats.client.url");
    }

    /** A cluster that has just been put together needs a moment. */
    private void awaitHealthy() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(doctor())
                                        .as(() -> output.toString())
                                        .isEqualTo(ExitCode.OK));
    }

    private int doctor(String... arguments) {
        String urls =
                cluster.servers().stream().map(NatsServer::url).collect(Collectors.joining(","));
        List<String> all =
                new ArrayList<>(List.of("doctor", "--nats-url", urls, "--nats-replicas", "3"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        output = new StringWriter();
        errors = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
        return commandLine.execute(arguments);
    }

    private interface Change {
        void in(Connection connection) throws Exception;
    }

    private static void natively(Change change) throws Exception {
        Connection connection = Nats.connect(cluster.servers().getFirst().url());
        try {
            change.in(connection);
        } finally {
            connection.close();
        }
    }
}
