package chat.chatto.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.launcher.config.SettingsReader.Flag;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SettingsReaderTest {

    @TempDir Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("chatto.toml");
    }

    @Test
    void hasDefaults() {
        Settings settings = read("", Map.of());

        assertThat(settings.get(Keys.WEB_PORT)).isEqualTo(4000);
        assertThat(settings.get(Keys.EMBEDDED_SYNC_INTERVAL)).isEqualTo(SyncInterval.ALWAYS);
        assertThat(settings.get(Keys.MAX_UPLOAD_SIZE)).isEqualTo(25L << 20);
        assertThat(settings.get(Keys.TOKEN_TTL)).isEqualTo(Duration.ofDays(90));
        assertThat(settings.find(Keys.WEB_URL)).isEmpty();
    }

    @Test
    void readsEveryTypeFromTheFile() {
        Settings settings =
                read(
                        """
                        [webserver]
                        url = "https://chat.example.org"
                        port = 8080
                        request_logging = true
                        trusted_proxies = ["10.0.0.0/8", "::1"]
                        [core]
                        secret_key = "0123456789abcdef0123456789abcdef"
                        assets.max_upload_size = "1 GB"
                        [nats.embedded]
                        sync_interval = "1m30s"
                        data_dir = "/var/lib/chatto"
                        """,
                        Map.of());

        assertThat(settings.find(Keys.WEB_URL)).hasToString("Optional[https://chat.example.org]");
        assertThat(settings.get(Keys.WEB_PORT)).isEqualTo(8080);
        assertThat(settings.get(Keys.REQUEST_LOGGING)).isTrue();
        assertThat(settings.get(Keys.TRUSTED_PROXIES)).containsExactly("10.0.0.0/8", "::1");
        assertThat(settings.find(Keys.CORE_SECRET_KEY)).hasToString("Optional[******]");
        assertThat(settings.get(Keys.MAX_UPLOAD_SIZE)).isEqualTo(1L << 30);
        assertThat(settings.get(Keys.EMBEDDED_SYNC_INTERVAL).toNats()).isEqualTo("90000ms");
        assertThat(settings.get(Keys.EMBEDDED_DATA_DIR)).isEqualTo(Path.of("/var/lib/chatto"));
    }

    @Test
    void prefersFlagsToVariablesToTheFile() {
        write("[webserver]\nport = 1\n[nats]\nreplicas = 1\n[general]\nlog_level = \"warn\"");
        Map<String, String> environment =
                Map.of("CHATTO_WEBSERVER_PORT", "2", "CHATTO_NATS_REPLICAS", "3");

        Settings settings =
                SettingsReader.read(
                        Optional.of(file),
                        environment,
                        List.of(new Flag(Keys.WEB_PORT, "--port", "3")));

        assertThat(settings.get(Keys.WEB_PORT)).isEqualTo(3);
        assertThat(settings.get(Keys.REPLICAS)).isEqualTo(3);
        assertThat(settings.get(Keys.LOG_LEVEL)).isEqualTo("warn");
    }

    @Test
    void readsTheVariablesWithNamesOfTheirOwn() {
        Settings settings =
                read("", Map.of("CHATTO_LOG_LEVEL", "DEBUG", "CHATTO_LOG_FORMAT", "json"));

        assertThat(settings.get(Keys.LOG_LEVEL)).isEqualTo("debug");
        assertThat(settings.get(Keys.LOG_FORMAT)).isEqualTo("json");
    }

    @Test
    void takesAnEmptyVariableForNone() {
        assertThat(read("", Map.of("CHATTO_WEBSERVER_PORT", "")).get(Keys.WEB_PORT))
                .isEqualTo(4000);
    }

    @Test
    void warnsAboutUnknownVariables() {
        Settings settings =
                read(
                        "",
                        Map.of(
                                "CHATTO_WEBSERVER_PROT",
                                "1",
                                "CHATTO_SERVICE_HOST",
                                "10.0.0.1",
                                "PATH",
                                "/bin"));

        assertThat(settings.warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("did you mean CHATTO_WEBSERVER_PORT?"))
                .anyMatch(warning -> warning.startsWith("CHATTO_SERVICE_HOST: unknown variable"));
    }

    @Test
    void reportsAllProblemsWithTheirPlaces() {
        write(
                """
                [webserver]
                prot = 80
                port = "eighty"
                allowed_origins = []

                [nats]
                replicas = 2
                url = "nats://localhost"
                embedded = true
                """);

        assertThatThrownBy(
                        () ->
                                SettingsReader.read(
                                        Optional.of(file),
                                        Map.of("CHATTO_METRICS_PORT", "x"),
                                        List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        file + ":2: unknown key webserver.prot; did you mean webserver.port?")
                .hasMessageContaining(
                        file
                                + ":3: webserver.port must be a whole number from 0 to 65535, found"
                                + " \"eighty\"")
                .hasMessageContaining(file + ":4: webserver.allowed_origins was removed")
                .hasMessageContaining(
                        file
                                + ":7: nats.replicas must be an odd number: 1, 3 or 5, found the"
                                + " number 2")
                .hasMessageContaining(
                        file + ":8: unknown key nats.url; did you mean nats.client.url?")
                .hasMessageContaining(file + ":9: nats.embedded is a section")
                .hasMessageContaining("CHATTO_METRICS_PORT: metrics.port must be a whole number");
    }

    @Test
    void namesTheLineOfASyntaxError() {
        write("[webserver]\nport = \n");

        assertThatThrownBy(() -> SettingsReader.read(Optional.of(file), Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + ":2: ");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> SettingsReader.read(Optional.of(file), Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void doesNotShowSecretsInProblems() {
        write("[core]\nsecret_key = 12345678\n");

        assertThatThrownBy(() -> SettingsReader.read(Optional.of(file), Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("12345678");
    }

    @Test
    void acceptsLoginProvidersOneByOne() {
        Settings settings =
                read(
                        """
                        [[auth.providers]]
                        id = "company"
                        type = "oidc"
                        scopes = ["openid"]
                        provider_options = { prompt = "login" }
                        """,
                        Map.of(
                                "CHATTO_AUTH_PROVIDERS_1_ID",
                                "other",
                                "CHATTO_AUTH_PROVIDERS_1_PROVIDER_OPTIONS_HD",
                                "x.org"));

        assertThat(settings.indexedNames())
                .contains(
                        "auth.providers.0.id",
                        "auth.providers.0.provider_options.prompt",
                        "auth.providers.1.id",
                        "auth.providers.1.provider_options.hd");
    }

    @Test
    void refusesGapsBetweenLoginProviders() {
        assertThatThrownBy(() -> read("", Map.of("CHATTO_AUTH_PROVIDERS_1_ID", "other")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("number 0 is missing");
    }

    @ParameterizedTest
    @CsvSource({"1024,1024", "25 MB,26214400", "25MiB,26214400", "2k,2048", "1 GB,1073741824"})
    void readsSizes(String text, long bytes) {
        assertThat(ValueTypes.size().fromText().apply(text)).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "1h30m,5400000", "7d,604800000"})
    void readsTimes(String text, long millis) {
        assertThat(ValueTypes.duration().fromText().apply(text))
                .contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"30", "s", "1x", "-1s"})
    void refusesWhatIsNoTime(String text) {
        assertThat(ValueTypes.duration().fromText().apply(text)).isEmpty();
    }

    @Test
    void namesEveryKeyOnce() {
        assertThat(Keys.all())
                .extracting(Key::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(100);
        assertThat(Keys.all()).extracting(Key::environmentName).doesNotHaveDuplicates();
    }

    private Settings read(String toml, Map<String, String> environment) {
        write(toml);
        return SettingsReader.read(Optional.of(file), environment, List.of());
    }

    private void write(String toml) {
        try {
            Files.writeString(file, toml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
