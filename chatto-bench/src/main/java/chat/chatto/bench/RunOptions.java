package chat.chatto.bench;

import chat.chatto.bench.http.Target;
import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.FanOut;
import chat.chatto.bench.load.PageLoad;
import chat.chatto.bench.load.PostingLoad;
import chat.chatto.bench.raw.RawPublish;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;

/** What all load has in common. */
final class RunOptions {

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Time before measuring (default: ${DEFAULT-VALUE}).")
    private long warmUpSeconds;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Time measured for each scenario (default: ${DEFAULT-VALUE}).")
    private long durationSeconds;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Longest wait for an answer (default: ${DEFAULT-VALUE}).")
    private long timeoutSeconds;

    @Option(
            names = "--body-bytes",
            paramLabel = "N",
            defaultValue = "300",
            description = "Length of a posted message (default: ${DEFAULT-VALUE}).")
    private int bodyBytes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "20261101",
            description = "Where all randomness comes from (default: ${DEFAULT-VALUE}).")
    private long seed;

    Duration warmUp() {
        return Duration.ofSeconds(warmUpSeconds);
    }

    Duration duration() {
        return Duration.ofSeconds(durationSeconds);
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    int bodyBytes() {
        return bodyBytes;
    }

    long seed() {
        return seed;
    }

    ChattoApi api(Target target) {
        return new ChattoApi(target, timeout());
    }

    PostingLoad posting(ChattoApi api, List<Account> accounts) {
        return new PostingLoad(api, accounts, bodyBytes, warmUp(), duration(), seed);
    }

    PostingLoad posting(ChattoApi api, List<Account> accounts, Duration length) {
        return new PostingLoad(api, accounts, bodyBytes, Duration.ZERO, length, seed);
    }

    PageLoad pages(ChattoApi api, Account reader) {
        return new PageLoad(api, reader, warmUp(), duration(), seed);
    }

    FanOut fanOut(ChattoApi api) {
        return new FanOut(api, timeout(), bodyBytes, warmUp(), duration(), seed);
    }

    RawPublish raw(String natsUrl, @Nullable String natsToken) {
        return new RawPublish(natsUrl, natsToken, bodyBytes, warmUp(), duration());
    }
}
