package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import chat.chatto.storage.Bucket;
import chat.chatto.storage.RefusedException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What happens at the start on a cluster that is not, or not yet, as large as it should be. */
class ClusterStartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension static final NatsClusterExtension cluster = new NatsClusterExtension();

    @BeforeEach
    void empty() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () ->
                                NativeClient.ask(
                                        cluster.servers().getFirst().url(),
                                        connection -> {
                                            var streams = connection.jetStreamManagement();
                                            for (String name : streams.getStreamNames()) {
                                                streams.deleteStream(name);
                                            }
                                            return streams.getStreamNames().isEmpty();
                                        }));
    }

    @Test
    void raisesTheReplicasOfEverything() throws Exception {
        try (JetStreamStorage storage = JetStreamStorage.open(cluster.config().withReplicas(1))) {
            storage.bucket(Bucket.SERVER).put("a", new byte[] {1});
            storage.rooms(1).append("room", 0, new byte[] {2});
        }
        assertThat(replicas()).hasSize(13).allSatisfy((_, count) -> assertThat(count).isEqualTo(1));

        try (JetStreamStorage storage = JetStreamStorage.open(cluster.config())) {
            assertThat(replicas())
                    .hasSize(13)
                    .allSatisfy((_, count) -> assertThat(count).isEqualTo(3));
            assertThat(storage.bucket(Bucket.SERVER).get("a")).isPresent();
            assertThat(storage.rooms(1).last("room")).isPresent();
        }
        // Nothing is lowered behind the back of an operator.
        JetStreamStorage.open(cluster.config().withReplicas(1)).close();
        assertThat(replicas().values()).containsOnly(3);
    }

    @Test
    void waitsForAMajorityAndSaysSo() throws Exception {
        List<NatsServer> late = cluster.servers().subList(1, 3);
        late.forEach(NatsServer::stop);
        Logger logger = (Logger) LoggerFactory.getLogger(StartPatience.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);

        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<JetStreamStorage> opening =
                    thread.submit(() -> JetStreamStorage.open(cluster.config()));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(List.copyOf(said.list))
                                            .extracting(ILoggingEvent::getFormattedMessage)
                                            .anyMatch(
                                                    line ->
                                                            line.startsWith("Waiting for NATS")
                                                                    && line.contains("majority")));
            late.forEach(NatsServer::start);

            opening.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
        } finally {
            logger.detachAppender(said);
            late.stream().filter(server -> !server.running()).forEach(NatsServer::start);
        }
        assertThat(replicas()).hasSize(13).allSatisfy((_, count) -> assertThat(count).isEqualTo(3));
    }

    @Test
    void refusesMoreReplicasThanThereAreServers() {
        assertThatThrownBy(() -> JetStreamStorage.open(cluster.config().withReplicas(5)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("nats.replicas is 5")
                .hasMessageContaining("at least 5 servers");
    }

    private static Map<String, Integer> replicas() throws Exception {
        return NativeClient.ask(
                cluster.servers().getFirst().url(),
                connection -> {
                    Map<String, Integer> replicas = new TreeMap<>();
                    var streams = connection.jetStreamManagement();
                    // Asked one by one: a cluster takes seconds to list all when one has just been
                    // made.
                    for (String name : streams.getStreamNames()) {
                        replicas.put(
                                name, streams.getStreamInfo(name).getConfiguration().getReplicas());
                    }
                    return replicas;
                });
    }
}
