package chat.chatto.launcher;

import static java.util.stream.Collectors.toSet;

import chat.chatto.core.CoreConfig;
import chat.chatto.core.RegistrationPolicy;
import chat.chatto.core.asset.AssetConfig;
import chat.chatto.core.search.Language;
import chat.chatto.core.search.SearchConfig;
import chat.chatto.core.timeline.PageFileConfig;
import chat.chatto.http.HttpConfig;
import chat.chatto.http.routing.AddressRange;
import chat.chatto.launcher.config.Keys;
import chat.chatto.launcher.config.NatsConfig;
import chat.chatto.launcher.config.Secret;
import chat.chatto.launcher.config.ServerConfiguration;
import chat.chatto.launcher.config.Settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes each module's own configuration from the settings. */
final class ModuleConfigurations {

    private static final Path DATA_DIRECTORY = Path.of("data");

    private ModuleConfigurations() {}

    static CoreConfig core(ServerConfiguration configuration) {
        Settings settings = configuration.settings();
        return new CoreConfig(
                CoreConfig.DEFAULT_SERVER_NAME,
                registration(settings),
                pageFile(configuration),
                search(configuration),
                assets(settings));
    }

    private static AssetConfig assets(Settings settings) {
        return new AssetConfig(
                settings.get(Keys.MAX_UPLOAD_SIZE),
                settings.get(Keys.MAX_VIDEO_SIZE),
                settings.find(Keys.ASSET_SIGNING_SECRET).map(Secret::value));
    }

    /** The data directory of an embedded NATS is on a disk; the system's temporary directory may be in memory. */
    private static PageFileConfig pageFile(ServerConfiguration configuration) {
        Settings settings = configuration.settings();
        Path directory =
                settings.find(Keys.PAGE_FILE_DIRECTORY)
                        .orElse(
                                switch (configuration.nats()) {
                                    case NatsConfig.Embedded embedded -> embedded.dataDirectory();
                                    case NatsConfig.Cluster _ ->
                                            PageFileConfig.defaults().directory();
                                });
        return new PageFileConfig(directory, settings.get(Keys.PAGE_FILE_SIZE));
    }

    /** With an embedded NATS the index is beside what it is made of, and on unless it was switched off. */
    private static SearchConfig search(ServerConfiguration configuration) {
        Settings settings = configuration.settings();
        Optional<Path> data =
                configuration.nats() instanceof NatsConfig.Embedded embedded
                        ? Optional.of(embedded.dataDirectory())
                        : Optional.empty();
        return new SearchConfig(
                settings.find(Keys.SEARCH_ENABLED).orElse(data.isPresent()),
                settings.find(Keys.SEARCH_DIRECTORY)
                        .orElseGet(() -> data.orElse(DATA_DIRECTORY).resolve("search")),
                languages(settings.get(Keys.SEARCH_LANGUAGES)));
    }

    private static Set<Language> languages(List<String> codes) {
        return codes.stream().flatMap(code -> Language.of(code).stream()).collect(toSet());
    }

    private static RegistrationPolicy registration(Settings settings) {
        if (!settings.get(Keys.DIRECT_REGISTRATION)) {
            return RegistrationPolicy.CLOSED;
        }
        return settings.get(Keys.ACCOUNT_CREATION_POLICY).equals("invite_only")
                ? RegistrationPolicy.INVITE_ONLY
                : RegistrationPolicy.OPEN;
    }

    static HttpConfig http(Settings settings) {
        int port = settings.get(Keys.WEB_PORT).intValue();
        URI publicUrl =
                settings.find(Keys.WEB_URL).orElseGet(() -> URI.create("http://localhost:" + port));
        HttpConfig defaults = HttpConfig.defaults(publicUrl);
        return new HttpConfig(
                settings.get(Keys.WEB_BIND_ADDRESS),
                port,
                publicUrl,
                trustedProxies(settings),
                settings.get(Keys.API_COMPRESSION),
                settings.get(Keys.API_COMPRESSION_MIN_BYTES).intValue(),
                settings.get(Keys.REQUEST_LOGGING),
                Version.get(),
                defaults.limits(),
                defaults.realtime(),
                new HttpConfig.Metrics(
                        settings.get(Keys.METRICS_ENABLED),
                        settings.get(Keys.METRICS_BIND_ADDRESS),
                        settings.get(Keys.METRICS_PORT).intValue(),
                        settings.get(Keys.METRICS_PATH)));
    }

    private static List<AddressRange> trustedProxies(Settings settings) {
        return settings.get(Keys.TRUSTED_PROXIES).stream().map(AddressRange::parse).toList();
    }
}
