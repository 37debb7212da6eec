package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.storage.Bucket;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class TopologyIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @RegisterExtension
    static final NatsServerExtension guarded =
            new NatsServerExtension("authorization { token: \"s3cret\" }");

    @BeforeEach
    void empty() throws Exception {
        NativeClient.ask(
                nats.url(),
                connection -> {
                    for (String stream : connection.jetStreamManagement().getStreamNames()) {
                        connection.jetStreamManagement().deleteStream(stream);
                    }
                    return true;
                });
    }

    @Test
    void makesEverythingAndNothingElse() throws Exception {
        nats.open().close();

        assertThat(streamNames())
                .containsExactlyInAnyOrder(
                        "KV_SERVER",
                        "KV_READ_STATE",
                        "KV_ATTENTION",
                        "KV_AUTH_TOKENS",
                        "KV_PRESENCE",
                        "KV_SLOW_MODE",
                        "KV_FILES",
                        "KV_LEASES",
                        "KV_ENCRYPTION_KEYS",
                        "ROOMS_1",
                        "KV_PAGES_1",
                        "NOTIFICATIONS",
                        "OBJ_ASSETS");
        assertThat(configuration("KV_PRESENCE").getMaxAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(configuration("KV_PRESENCE").getStorageType()).isEqualTo(StorageType.Memory);
        assertThat(configuration("NOTIFICATIONS").getMaxAge()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        nats.open().close();
        String before = configurations();

        nats.open().close();

        assertThat(configurations()).isEqualTo(before);
    }

    @Test
    void keepsWhatIsStored() {
        try (JetStreamStorage storage = nats.open()) {
            storage.bucket(Bucket.SERVER).put("a", new byte[] {1});
        }

        try (JetStreamStorage storage = nats.open()) {
            assertThat(storage.bucket(Bucket.SERVER).get("a")).isPresent();
        }
    }

    @Test
    void addsShards() throws Exception {
        nats.open().close();

        try (JetStreamStorage storage =
                JetStreamStorage.open(JetStreamConfig.local(nats.url()).withShards(3))) {
            assertThat(storage.shards()).isEqualTo(3);
            assertThat(storage.rooms(3).append("a", 0, new byte[1])).isEqualTo(1);
            assertThat(storage.rooms(1).last("a")).isEmpty();
        }
        assertThat(streamNames()).contains("ROOMS_3", "KV_PAGES_3");
    }

    @Test
    void correctsLimitsAndLeavesWhatIsTheOperators() throws Exception {
        nats.open().close();
        NativeClient.ask(
                nats.url(),
                connection ->
                        connection
                                .jetStreamManagement()
                                .updateStream(
                                        StreamConfiguration.builder(configuration("NOTIFICATIONS"))
                                                .maxAge(Duration.ofDays(1))
                                                .maxBytes(1 << 30)
                                                .build()));

        nats.open().close();

        assertThat(configuration("NOTIFICATIONS").getMaxAge()).isEqualTo(Duration.ofDays(90));
        assertThat(configuration("NOTIFICATIONS").getMaxBytes()).isEqualTo(1 << 30);
    }

    @Test
    void manyServersMayStartAtOnce() throws Exception {
        List<Callable<Boolean>> starts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            starts.add(
                    () -> {
                        nats.open().close();
                        return true;
                    });
        }

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> start : threads.invokeAll(starts)) {
                assertThat(start.get()).isTrue();
            }
        }
        assertThat(streamNames()).hasSameSizeAs(Topology.stores(1, 1));
    }

    @Test
    void anotherIncarnationIsTold() throws Exception {
        String before = incarnation();
        assertThat(incarnation()).isEqualTo(before);

        NativeClient.ask(
                nats.url(), connection -> connection.jetStreamManagement().deleteStream("ROOMS_1"));

        assertThat(incarnation()).isNotEqualTo(before);
    }

    @Test
    void refusesReplicasWithoutACluster() {
        assertThatThrownBy(
                        () ->
                                JetStreamStorage.open(
                                        JetStreamConfig.local(nats.url()).withReplicas(3)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("nats.replicas is 3")
                .hasMessageContaining("set nats.replicas = 1");
    }

    @Test
    void namesWhatIsWrongWithTheConnection() {
        assertThatThrownBy(() -> JetStreamStorage.open(JetStreamConfig.local(guarded.url())))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("credentials");
        assertThatThrownBy(() -> JetStreamStorage.open(JetStreamConfig.local("nats://127.0.0.1:1")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("127.0.0.1:1");
        JetStreamConfig config = JetStreamConfig.local(guarded.url());
        JetStreamStorage.open(config.withCredentials(new Credentials.Token("s3cret"))).close();
    }

    private static String incarnation() {
        try (JetStreamStorage storage = nats.open()) {
            return storage.rooms(1).incarnation();
        }
    }

    private static List<String> streamNames() throws Exception {
        return NativeClient.ask(
                nats.url(), connection -> connection.jetStreamManagement().getStreamNames());
    }

    private static StreamConfiguration configuration(String stream) throws Exception {
        return NativeClient.ask(
                nats.url(),
                connection ->
                        connection.jetStreamManagement().getStreamInfo(stream).getConfiguration());
    }

    private static String configurations() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String stream : streamNames()) {
            all.append(configuration(stream).toJson()).append('\n');
        }
        return all.toString();
    }
}
