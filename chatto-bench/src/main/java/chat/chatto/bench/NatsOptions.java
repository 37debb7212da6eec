package chat.chatto.bench;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** Which nats-server to talk to directly. */
final class NatsOptions {

    @Option(
            names = "--nats-url",
            paramLabel = "URL",
            description = "nats-server for the comparison with raw publishing.")
    private @Nullable String url;

    @Option(names = "--nats-token", paramLabel = "TOKEN", description = "Its token.")
    private @Nullable String token;

    @Nullable String url() {
        return url;
    }

    @Nullable String token() {
        return token;
    }
}
