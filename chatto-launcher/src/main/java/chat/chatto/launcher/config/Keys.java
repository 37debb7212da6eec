package chat.chatto.launcher.config;

import static chat.chatto.launcher.config.ValueTypes.duration;
import static chat.chatto.launcher.config.ValueTypes.durationUpTo;
import static chat.chatto.launcher.config.ValueTypes.flag;
import static chat.chatto.launcher.config.ValueTypes.languages;
import static chat.chatto.launcher.config.ValueTypes.list;
import static chat.chatto.launcher.config.ValueTypes.number;
import static chat.chatto.launcher.config.ValueTypes.oneOf;
import static chat.chatto.launcher.config.ValueTypes.path;
import static chat.chatto.launcher.config.ValueTypes.port;
import static chat.chatto.launcher.config.ValueTypes.portOrZero;
import static chat.chatto.launcher.config.ValueTypes.replicas;
import static chat.chatto.launcher.config.ValueTypes.secret;
import static chat.chatto.launcher.config.ValueTypes.size;
import static chat.chatto.launcher.config.ValueTypes.text;
import static chat.chatto.launcher.config.ValueTypes.webAddress;

import chat.chatto.core.search.Language;
import chat.chatto.core.timeline.PageFileConfig;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every configuration key: name, type, default. The environment variable is {@code CHATTO_} and the name in upper case with dots as
 * underscores, except where a line says otherwise. Constants are for the keys that are read; the others belong to features that do not
 * exist yet and are accepted, so that one file serves older and newer servers.
 */
public final class Keys {

    private static final List<Key<?>> ALL = new ArrayList<>();

    private static final long ANY = Integer.MAX_VALUE;
    private static final long MEGABYTE = 1 << 20;

    public static final Key<String> LOG_LEVEL =
            key(
                    "general.log_level",
                    oneOf("trace", "debug", "info", "warn", "error"),
                    "info",
                    "CHATTO_LOG_LEVEL");
    public static final Key<String> LOG_FORMAT =
            key(
                    "general.log_format",
                    oneOf("auto", "text", "json", "logfmt"),
                    "auto",
                    "CHATTO_LOG_FORMAT");

    public static final Key<URI> WEB_URL = key("webserver.url", webAddress());
    public static final Key<String> WEB_BIND_ADDRESS =
            key("webserver.bind_address", text(), "0.0.0.0");
    public static final Key<Long> WEB_PORT = key("webserver.port", portOrZero(), 4000L);
    public static final Key<Secret> COOKIE_SIGNING_SECRET =
            key("webserver.cookie_signing_secret", secret());
    public static final Key<Secret> COOKIE_ENCRYPTION_SECRET =
            key("webserver.cookie_encryption_secret", secret());
    public static final Key<Boolean> API_COMPRESSION =
            key("webserver.api_compression", flag(), true);
    public static final Key<Long> API_COMPRESSION_MIN_BYTES =
            key("webserver.api_compression_min_bytes", size(), 1024L);
    public static final Key<Boolean> WEBSOCKET_COMPRESSION =
            key("webserver.websocket_compression", flag(), true);
    public static final Key<Boolean> REQUEST_LOGGING =
            key("webserver.request_logging", flag(), false);
    public static final Key<List<String>> TRUSTED_PROXIES =
            key("webserver.trusted_proxies", list(), List.of());
    public static final Key<Duration> DRAIN_DELAY =
            key("webserver.drain_delay", durationUpTo(Duration.ofMinutes(5)));

    public static final Key<Boolean> METRICS_ENABLED = key("metrics.enabled", flag(), false);
    public static final Key<String> METRICS_BIND_ADDRESS =
            key("metrics.bind_address", text(), "127.0.0.1");
    public static final Key<Long> METRICS_PORT = key("metrics.port", portOrZero(), 9090L);
    public static final Key<String> METRICS_PATH = key("metrics.path", text(), "/metrics");

    public static final Key<Secret> CORE_SECRET_KEY = key("core.secret_key", secret());
    public static final Key<Path> PAGE_FILE_DIRECTORY = key("core.page_file.directory", path());
    public static final Key<Long> PAGE_FILE_SIZE =
            key("core.page_file.size", size(), PageFileConfig.DEFAULT_BYTES);
    public static final Key<Secret> ASSET_SIGNING_SECRET =
            key("core.assets.signing_secret", secret());
    public static final Key<Long> MAX_UPLOAD_SIZE =
            key("core.assets.max_upload_size", size(), 25 * MEGABYTE);
    public static final Key<Long> MAX_VIDEO_SIZE =
            key("video.max_upload_size", size(), 100 * MEGABYTE);

    public static final Key<Long> REPLICAS = key("nats.replicas", replicas(), 1L);
    public static final Key<Long> SHARDS = key("nats.shards", number(1, 64), 1L);
    public static final Key<Boolean> EMBEDDED_ENABLED = key("nats.embedded.enabled", flag(), true);
    public static final Key<Long> EMBEDDED_PORT = key("nats.embedded.port", portOrZero(), 0L);
    public static final Key<String> EMBEDDED_BIND_ADDRESS =
            key("nats.embedded.bind_address", text(), "127.0.0.1");
    public static final Key<Long> EMBEDDED_HTTP_PORT =
            key("nats.embedded.http_port", portOrZero(), 0L);
    public static final Key<Path> EMBEDDED_DATA_DIR =
            key("nats.embedded.data_dir", path(), Path.of("data"));
    public static final Key<Secret> EMBEDDED_AUTH_TOKEN = key("nats.embedded.auth_token", secret());
    public static final Key<Path> EMBEDDED_SERVER_PATH = key("nats.embedded.server_path", path());
    public static final Key<SyncInterval> EMBEDDED_SYNC_INTERVAL =
            key("nats.embedded.sync_interval", SyncInterval.type(), SyncInterval.ALWAYS);

    public static final Key<List<String>> CLIENT_URL = key("nats.client.url", list());
    public static final Key<String> CLIENT_AUTH_METHOD =
            key(
                    "nats.client.auth_method",
                    oneOf("none", "token", "userpass", "credentials", "nkey"));
    public static final Key<Secret> CLIENT_TOKEN = key("nats.client.token", secret());
    public static final Key<String> CLIENT_USERNAME = key("nats.client.username", text());
    public static final Key<Secret> CLIENT_PASSWORD = key("nats.client.password", secret());
    public static final Key<Path> CLIENT_CREDENTIALS_FILE =
            key("nats.client.credentials_file", path());
    public static final Key<Secret> CLIENT_NKEY_SEED = key("nats.client.nkey_seed", secret());
    public static final Key<Path> CLIENT_CA_CERT = key("nats.client.ca_cert", path());

    public static final Key<String> ACCOUNT_CREATION_POLICY =
            key("auth.account_creation_policy", oneOf("open", "invite_only"), "open");
    public static final Key<Boolean> DIRECT_REGISTRATION =
            key("auth.direct_registration", flag(), true);
    public static final Key<Boolean> DIRECT_LOGIN = key("auth.direct_login", flag(), true);
    public static final Key<Duration> TOKEN_TTL =
            key("auth.token_ttl", duration(), Duration.ofDays(90));

    /** Without a value: whether NATS is embedded. */
    public static final Key<Boolean> SEARCH_ENABLED = key("search.enabled", flag());

    /** Without a value: {@code search} in the data directory. */
    public static final Key<Path> SEARCH_DIRECTORY = key("search_provider.directory", path());

    public static final Key<List<String>> SEARCH_LANGUAGES =
            key("search_provider.languages", languages(), Language.codes());

    public static final Key<List<String>> OWNER_EMAILS = key("owners.emails", list(), List.of());
    public static final Key<Long> MAX_USERS = key("limits.max_users", number(-1, ANY), -1L);

    /** Keys of an earlier generation and what to do instead. */
    static final Map<String, String> DEFUNCT =
            Map.of(
                    "webserver.allowed_origins",
                    "was removed: browsers may only connect from webserver.url, other clients"
                            + " authenticate with a bearer token",
                    "webserver.oauth_redirect_origins",
                    "was removed: redirect addresses are part of each OAuth client's own metadata");

    public static final Key<Boolean> PUSH_ENABLED = key("push.enabled", flag(), true);
    public static final Key<String> PUSH_PUBLIC_KEY = key("push.vapid_public_key", text());
    public static final Key<Secret> PUSH_PRIVATE_KEY = key("push.vapid_private_key", secret());
    public static final Key<String> PUSH_SUBJECT = key("push.vapid_subject", text());

    static {
        key("webserver.tls.enabled", flag(), false);
        key("webserver.tls.domain", text());
        key("webserver.tls.email", text());
        key("webserver.tls.cache_dir", path(), Path.of(".chatto/certs"));
        key("webserver.tls.http_port", port(), 80L);
        key("webserver.shields.enabled", flag(), false);

        key("metrics.pprof", flag(), false);
        key("exporter.enabled", flag(), false);
        key("exporter.bind_address", text(), "127.0.0.1");
        key("exporter.port", port(), 9100L);
        key("exporter.path", text(), "/metrics");
        key("exporter.s3_refresh_interval", duration(), Duration.ofMinutes(15));
        key("exporter.s3_timeout", duration(), Duration.ofSeconds(30));

        key("search_provider.enabled", flag(), false);
        key("diagnostics.startup_cpu_profile", path());
        key("operator_api.enabled", flag(), false);
        key("operator_api.socket_path", path(), Path.of("/tmp/chatto/operator.sock"));

        key("core.projection_snapshots", flag(), false);
        key("core.projection_snapshot_retention", duration(), Duration.ofDays(7));
        key("core.projection_snapshot_s3_cleanup", flag(), true);
        key("core.assets.storage_backend", oneOf("nats", "s3"), "nats");
        key("core.assets.s3.endpoint", text());
        key("core.assets.s3.bucket", text());
        key("core.assets.s3.path_prefix", text());
        key("core.assets.s3.region", text());
        key("core.assets.s3.access_key_id", text());
        key("core.assets.s3.secret_access_key", secret());
        key("core.assets.s3.use_ssl", flag(), true);
        key("core.assets.s3.path_style", oneOf("auto", "true", "false"), "auto");
        key("core.assets.cache.enabled", flag(), false);
        key("core.assets.cache.ttl", duration(), Duration.ofDays(7));

        key("auth.email_otp.throttling_enabled", flag(), true);
        key("auth.email_otp.ttl", duration(), Duration.ofMinutes(15));
        key("auth.email_otp.max_delivered_codes", number(1, ANY), 10L);
        key("auth.email_otp.max_wrong_attempts", number(1, ANY), 5L);
        key("auth.providers.*.id", text());
        key("auth.providers.*.type", oneOf("oidc", "github", "gitlab", "google", "discord"));
        key("auth.providers.*.label", text());
        key("auth.providers.*.client_id", text());
        key("auth.providers.*.client_secret", secret());
        key("auth.providers.*.issuer_url", webAddress());
        key("auth.providers.*.scopes", list());
        key("auth.providers.*.request_email", flag());
        key("auth.providers.*.auto_provision", flag(), false);
        key("auth.providers.*.provider_options.*", text());
        key("auth.oidc.enabled", flag(), false);
        key("auth.oidc.issuer_url", webAddress());
        key("auth.oidc.client_id", text());
        key("auth.oidc.client_secret", secret());
        key("auth.oidc.label", text());

        key("smtp.enabled", flag(), false);
        key("smtp.host", text());
        key("smtp.port", port());
        key("smtp.tls", oneOf("mandatory", "implicit", "opportunistic"), "mandatory");
        key("smtp.tls_server_name", text());
        key("smtp.tls_skip_verify", flag(), false);
        key("smtp.username", text());
        key("smtp.password", secret());
        key("smtp.from", text());

        key("asset_processing.enabled", flag(), false);
        key("asset_processing.ffmpeg_path", path());
        key("asset_processing.ffprobe_path", path());
        key("asset_processing.max_concurrent_jobs", number(1, 64), 2L);
        key("asset_processing.temp_dir", path());
        key("video.enabled", flag(), false);
        key("livekit.enabled", flag(), false);
        key("livekit.url", text());
        key("livekit.api_key", text());
        key("livekit.api_secret", secret());
        key("livekit.webhook_url", webAddress());
        key("livekit.server_id", text());
        key("livekit.instance_id", text());
        key("livekit.webhook_api_key", text());
        key("livekit.webhook_api_secret", secret());
    }

    private Keys() {}

    static List<Key<?>> all() {
        return List.copyOf(ALL);
    }

    static Optional<Key<?>> find(String fullName) {
        return ALL.stream().filter(key -> key.matches(fullName)).findFirst();
    }

    /** Whether names below this one exist: {@code nats} and {@code nats.client} are sections. */
    static boolean isSection(String name) {
        return ALL.stream().anyMatch(key -> key.name().startsWith(name + "."));
    }

    private static <T> Key<T> key(String name, ValueType<T> type) {
        return add(new Key<>(name, type, Optional.empty(), Key.environmentNameOf(name)));
    }

    private static <T> Key<T> key(String name, ValueType<T> type, T defaultValue) {
        return key(name, type, defaultValue, Key.environmentNameOf(name));
    }

    private static <T> Key<T> key(
            String name, ValueType<T> type, T defaultValue, String environmentName) {
        return add(new Key<>(name, type, Optional.of(defaultValue), environmentName));
    }

    private static <T> Key<T> add(Key<T> key) {
        ALL.add(key);
        return key;
    }
}
