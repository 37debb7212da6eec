package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class JetStreamConfigTest {

    @Test
    void hasDefaultsForOneServer() {
        JetStreamConfig config = JetStreamConfig.local("nats://127.0.0.1:4222");

        assertThat(config)
                .isEqualTo(
                        new JetStreamConfig(
                                List.of("nats://127.0.0.1:4222"),
                                new Credentials.None(),
                                Optional.empty(),
                                1,
                                1,
                                Duration.ofSeconds(5),
                                "chatto"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 4, 7})
    void refusesReplicasWithoutAMajorityToGain(int replicas) {
        assertThatThrownBy(() -> JetStreamConfig.local("nats://a").withReplicas(replicas))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1, 3 or 5");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void boundsTheShards(int shards) {
        assertThatThrownBy(() -> JetStreamConfig.local("nats://a").withShards(shards))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMissingAddresses() {
        assertThatThrownBy(() -> JetStreamConfig.local(" "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotPrintSecrets() {
        JetStreamConfig config = JetStreamConfig.local("nats://a");

        for (Credentials credentials :
                List.of(
                        new Credentials.Token("s3cret"),
                        new Credentials.UserPassword("user", "s3cret"),
                        new Credentials.Nkey("s3cret"),
                        new Credentials.CredentialsFile(Path.of("user.creds")))) {
            assertThat(config.withCredentials(credentials).toString()).doesNotContain("s3cret");
        }
    }
}
