package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.StorageInspection;
import chat.chatto.storage.StorageReport;
import chat.chatto.storage.StorageReport.Condition;
import chat.chatto.storage.StorageReport.Server;

import io.nats.NatsRunnerUtils;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

class JetStreamInspectionIT {

    private static final int MONITORING_PORT = freePort();

    @RegisterExtension
    static final NatsServerExtension nats =
            new NatsServerExtension(
                    "http: \"127.0.0.1:" + MONITORING_PORT + "\"", "server_name: alone");

    @RegisterExtension static final NatsClusterExtension cluster = new NatsClusterExtension();

    @Test
    void seesThatNothingIsThereAndMakesNothing() {
        try (StorageInspection inspection =
                JetStreamInspection.open(JetStreamConfig.local(nats.url()), List.of())) {
            assertThat(inspection.look().resources())
                    .hasSize(13)
                    .allSatisfy(
                            resource ->
                                    assertThat(resource.condition())
                                            .isInstanceOf(Condition.Missing.class));
            assertThat(inspection.rooms(1)).isEmpty();
            assertThat(inspection.pages(1)).isEmpty();
        }
    }

    @Test
    void asksTheMonitoring() {
        URI monitor = URI.create("http://127.0.0.1:" + MONITORING_PORT);
        try (StorageInspection inspection =
                JetStreamInspection.open(JetStreamConfig.local(nats.url()), List.of(monitor))) {
            assertThat(inspection.look().servers())
                    .singleElement()
                    .satisfies(
                            server -> {
                                assertThat(server.name()).isEqualTo("alone");
                                assertThat(server.monitoring().orElseThrow().syncInterval())
                                        .isEqualTo("120s");
                                assertThat(server.monitoring().orElseThrow().quotas()).hasSize(2);
                            });
        }
    }

    @Test
    void seesAClusterWholeAndBroken() {
        JetStreamStorage.open(cluster.config()).close();
        try (StorageInspection inspection =
                JetStreamInspection.open(
                        cluster.config().withUrls(List.of(cluster.servers().getFirst().url())),
                        List.of())) {
            await().untilAsserted(
                            () ->
                                    assertThat(inspection.look().resources())
                                            .allSatisfy(
                                                    resource ->
                                                            assertHealthy(resource.condition())));
            StorageReport whole = inspection.look();
            assertThat(whole.servers())
                    .extracting(Server::name)
                    .containsExactlyInAnyOrder("nats-1", "nats-2", "nats-3");
            assertThat(whole.clocks()).isNotEmpty();
            assertThat(whole.clocks().values())
                    .allSatisfy(ahead -> assertThat(ahead.abs()).isLessThan(Duration.ofSeconds(1)));

            cluster.server("nats-3").kill();

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () ->
                                    assertThat(inspection.look().resources())
                                            .allSatisfy(
                                                    resource ->
                                                            assertSilent(resource.condition())));
            cluster.server("nats-3").start();
        }
    }

    private static void assertHealthy(Condition condition) {
        assertThat(condition).isInstanceOf(Condition.Present.class);
        Condition.Present present = (Condition.Present) condition;
        assertThat(present.leader()).isPresent();
        assertThat(present.replicas()).isEqualTo(3);
        assertThat(present.followers())
                .hasSize(2)
                .allSatisfy(follower -> assertThat(follower.current()).isTrue());
    }

    private static void assertSilent(Condition condition) {
        assertThat(condition).isInstanceOf(Condition.Present.class);
        assertThat(((Condition.Present) condition).followers())
                .anySatisfy(
                        follower -> {
                            assertThat(follower.server()).isEqualTo("nats-3");
                            assertThat(follower.silence())
                                    .satisfiesAnyOf(
                                            silence -> assertThat(silence).isEmpty(),
                                            silence ->
                                                    assertThat(silence)
                                                            .hasValueSatisfying(
                                                                    time ->
                                                                            assertThat(time)
                                                                                    .isGreaterThan(
                                                                                            Duration
                                                                                                    .ofSeconds(
                                                                                                            5))));
                        });
    }

    private static int freePort() {
        try {
            return NatsRunnerUtils.nextPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
