package chat.chatto.launcher.config;

/** The chatto.toml that {@code chatto init} writes. */
public final class ConfigurationTemplate {

    private ConfigurationTemplate() {}

    /** A complete file with a fresh secret; what is commented out shows the default. */
    public static String withFreshSecrets() {
        return """
        # Chatto's configuration. A variable CHATTO_SECTION_KEY overrides [section] key, a flag of "chatto serve"
        # overrides both. What is commented out shows the default.

        [general]
        # log_level = "info"            # trace, debug, info, warn, error
        # log_format = "auto"           # auto, text, json, logfmt

        [webserver]
        # The address that people type. Needed behind a proxy; https makes cookies secure.
        # url = "https://chat.example.org"
        # port = 4000
        # Proxies whose X-Forwarded-* headers are believed: addresses or networks.
        # trusted_proxies = ["10.0.0.0/8"]
        # How long a server that stops goes on answering, so that its load balancer notices first: 5s on a cluster, 0s
        # with the embedded NATS.
        # drain_delay = "5s"

        [core]
        # Protects everything stored. Every server of a cluster needs the same one. Without it the data cannot be
        # read: keep a copy in a safe place.
        secret_key = "%s"

        # Pages of the history that do not fit into memory, in a temporary file of each server; 0 for none.
        # [core.page_file]
        # size = "512 MB"
        # directory = "/var/tmp"        # default: data_dir of [nats.embedded], or the system's temporary directory

        [nats]
        # Copies of everything stored: 1, or 3 or 5 on a cluster of at least as many.
        # replicas = 1

        # A nats-server that Chatto runs itself, for a server of one machine.
        [nats.embedded]
        # enabled = true
        # data_dir = "data"
        # An acknowledged message is on the disk. A time such as "2m" is faster and can lose that much.
        # sync_interval = "always"

        # A cluster; setting url switches the embedded one off.
        [nats.client]
        # url = "nats://nats-1:4222,nats://nats-2:4222,nats://nats-3:4222"
        # auth_method = "token"         # none, token, userpass, credentials, nkey
        # token = ""

        [auth]
        # account_creation_policy = "open"    # open, invite_only

        [owners]
        # Whoever verifies one of these addresses becomes an owner.
        # emails = ["admin@example.org"]

        [limits]
        # max_users = -1                # -1 is unlimited

        [metrics]
        # enabled = false
        # bind_address = "127.0.0.1"
        # port = 9090
        """
                .formatted(Secret.random().value());
    }
}
