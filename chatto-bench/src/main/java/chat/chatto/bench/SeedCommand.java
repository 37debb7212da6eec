package chat.chatto.bench;

import chat.chatto.bench.http.Target;
import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.seed.AccountSeed;
import chat.chatto.bench.seed.HistorySeed;
import chat.chatto.bench.seed.SeedStorage;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.Storage;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/** Fills a running server. */
@Command(
        name = "seed",
        mixinStandardHelpOptions = true,
        description = "Writes history and accounts into a running server's storage at full speed.")
final class SeedCommand implements Callable<Integer> {

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://localhost:4000",
            description =
                    "The server, to make rooms and authors through (default: ${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = "--nats-url",
            paramLabel = "URL",
            required = true,
            description = "Its nats-server.")
    private String natsUrl = "";

    @Option(
            names = "--nats-token",
            paramLabel = "TOKEN",
            description = "The token of the nats-server.")
    private @Nullable String natsToken;

    @Option(
            names = "--secret-key",
            paramLabel = "KEY",
            required = true,
            description = "Its core.secret_key.")
    private String secretKey = "";

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Messages to write (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "16",
            description = "Rooms to write them into (default: ${DEFAULT-VALUE}).")
    private int rooms;

    @Option(
            names = "--authors",
            paramLabel = "N",
            defaultValue = "64",
            description = "Who writes them (default: ${DEFAULT-VALUE}).")
    private int authors;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "0",
            description = "Further accounts that write nothing (default: ${DEFAULT-VALUE}).")
    private int accounts;

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws InterruptedException {
        ChattoApi api = run.api(Target.parse(server));
        RunName name = new RunName();
        List<Account> people = api.register(name.logins(), authors);
        List<String> ids = api.createRooms(name.rooms("seed"), rooms, people);
        try (Storage storage = SeedStorage.open(natsUrl, natsToken)) {
            new AccountSeed(storage).write(accounts, "s" + name.logins(), ChattoApi.PASSWORD);
            long start = System.nanoTime();
            new HistorySeed(storage, secretKey, run.bodyBytes(), run.seed())
                    .write(
                            messages,
                            ids.stream().map(RoomId::new).toList(),
                            people.stream().map(author -> new UserId(author.id())).toList());
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%,d messages in %.1f s (%,.0f/s), seed %d%n",
                    messages, seconds, messages / seconds, run.seed());
        }
        System.out.println("rooms: " + String.join(",", ids));
        return 0;
    }
}
