package chat.chatto.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import chat.chatto.launcher.config.SettingsReader.Flag;
import chat.chatto.storage.jetstream.Credentials;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ServerConfigurationTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir Path directory;

    @Test
    void embedsNatsByDefaultAndNeedsNoSecret() {
        ServerConfiguration configuration = configured(Map.of());

        assertThat(configuration.nats())
                .asInstanceOf(type(NatsConfig.Embedded.class))
                .satisfies(
                        nats -> {
                            assertThat(nats.dataDirectory())
                                    .isEqualTo(Path.of("data").toAbsolutePath());
                            assertThat(nats.bindAddress()).isEqualTo("127.0.0.1");
                            assertThat(nats.syncInterval()).isEqualTo(SyncInterval.ALWAYS);
                        });
        assertThat(configuration.secretKey()).isEmpty();
        assertThat(configuration.log()).isEqualTo(LogConfig.DEFAULT);
    }

    /** The example of the guide to high availability, line by line. */
    @Test
    void connectsToACluster() {
        ServerConfiguration configuration =
                configured(
                        Map.of(
                                "CHATTO_NATS_EMBEDDED_ENABLED", "false",
                                "CHATTO_NATS_CLIENT_URL",
                                        "nats://nats-1:4222,nats://nats-2:4222,nats://nats-3:4222",
                                "CHATTO_NATS_CLIENT_AUTH_METHOD", "token",
                                "CHATTO_NATS_CLIENT_TOKEN", "your-shared-token",
                                "CHATTO_NATS_REPLICAS", "3",
                                "CHATTO_CORE_SECRET_KEY", SECRET));

        assertThat(configuration.nats())
                .asInstanceOf(type(NatsConfig.Cluster.class))
                .satisfies(
                        nats -> {
                            assertThat(nats.storage().urls())
                                    .containsExactly(
                                            "nats://nats-1:4222",
                                            "nats://nats-2:4222",
                                            "nats://nats-3:4222");
                            assertThat(nats.storage().credentials())
                                    .isEqualTo(new Credentials.Token("your-shared-token"));
                            assertThat(nats.storage().replicas()).isEqualTo(3);
                        });
        assertThat(configuration.secretKey()).contains(new Secret(SECRET));
    }

    @Test
    void anAddressAloneSwitchesTheEmbeddedServerOff() {
        ServerConfiguration configuration =
                configured(
                        Map.of(
                                "CHATTO_NATS_CLIENT_URL",
                                "nats://n:4222",
                                "CHATTO_CORE_SECRET_KEY",
                                SECRET));

        assertThat(configuration.nats()).isInstanceOf(NatsConfig.Cluster.class);
    }

    @Test
    void anAddressOnTheCommandLineWinsOverTheFile() {
        Settings settings =
                SettingsReader.read(
                        Optional.empty(),
                        Map.of(
                                "CHATTO_NATS_EMBEDDED_ENABLED",
                                "true",
                                "CHATTO_CORE_SECRET_KEY",
                                SECRET),
                        List.of(new Flag(Keys.CLIENT_URL, "--nats-url", "nats://n:4222")));

        assertThat(ServerConfiguration.of(settings).nats()).isInstanceOf(NatsConfig.Cluster.class);
    }

    @Test
    void waitsForALoadBalancerOnAClusterOnly() {
        Map<String, String> cluster =
                Map.of("CHATTO_NATS_CLIENT_URL", "nats://n:4222", "CHATTO_CORE_SECRET_KEY", SECRET);
        Map<String, String> slowBalancer =
                Map.of(
                        "CHATTO_NATS_CLIENT_URL", "nats://n:4222",
                        "CHATTO_CORE_SECRET_KEY", SECRET,
                        "CHATTO_WEBSERVER_DRAIN_DELAY", "1m");

        assertThat(configured(Map.of()).drainDelay()).isZero();
        assertThat(configured(cluster).drainDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configured(slowBalancer).drainDelay()).isEqualTo(Duration.ofMinutes(1));
        assertThatThrownBy(() -> configured(Map.of("CHATTO_WEBSERVER_DRAIN_DELAY", "10m")))
                .hasMessageContaining("at most 5m");
    }

    @Test
    void reportsAllContradictions() {
        Map<String, String> environment =
                Map.of(
                        "CHATTO_NATS_EMBEDDED_ENABLED", "false",
                        "CHATTO_NATS_CLIENT_AUTH_METHOD", "userpass");

        assertThatThrownBy(() -> configured(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nats.client.url does not say where NATS is")
                .hasMessageContaining("authenticating with userpass needs nats.client.username")
                .hasMessageContaining("core.secret_key is missing");
    }

    @Test
    void refusesWhatIsNoAddressWithoutShowingIt() {
        assertThatThrownBy(
                        () ->
                                configured(
                                        Map.of(
                                                "CHATTO_NATS_CLIENT_URL",
                                                "nats://a:4222,nats://user:hidden@b c",
                                                "CHATTO_CORE_SECRET_KEY",
                                                SECRET)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("CHATTO_NATS_CLIENT_URL: nats.client.url contains")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void namesFilesThatAreNotThere() {
        Map<String, String> environment =
                Map.of(
                        "CHATTO_NATS_CLIENT_URL", "tls://n:4222",
                        "CHATTO_NATS_CLIENT_CREDENTIALS_FILE", "nowhere/chatto.creds",
                        "CHATTO_NATS_CLIENT_CA_CERT", "nowhere/ca.pem",
                        "CHATTO_CORE_SECRET_KEY", SECRET);

        assertThatThrownBy(() -> configured(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nats.client.credentials_file names nowhere/chatto.creds")
                .hasMessageContaining("nats.client.ca_cert names nowhere/ca.pem");
    }

    @Test
    void refusesCopiesThatTheEmbeddedServerCannotKeep() {
        assertThatThrownBy(() -> configured(Map.of("CHATTO_NATS_REPLICAS", "3")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the embedded NATS is a single server");
    }

    @Test
    void refusesAShortSecret() {
        assertThatThrownBy(() -> configured(Map.of("CHATTO_CORE_SECRET_KEY", "short")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("at least 32 characters")
                .hasMessageNotContaining("short\"");
    }

    @Test
    void keepsAGeneratedSecret() {
        Secret first = SecretsFile.secretKey(directory.resolve("data"));

        assertThat(SecretsFile.secretKey(directory.resolve("data"))).isEqualTo(first);
        assertThat(directory.resolve("data").resolve("secrets.toml").toFile())
                .satisfies(
                        file ->
                                assertThat(
                                                java.nio.file.Files.getPosixFilePermissions(
                                                        file.toPath()))
                                        .hasSize(2));
    }

    private static ServerConfiguration configured(Map<String, String> environment) {
        return ServerConfiguration.of(
                SettingsReader.read(Optional.empty(), environment, List.of()));
    }
}
