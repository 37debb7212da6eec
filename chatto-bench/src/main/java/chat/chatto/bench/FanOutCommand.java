package chat.chatto.bench;

import chat.chatto.bench.http.Target;
import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.FanOutResult;
import chat.chatto.bench.process.ProcessMemory;
import chat.chatto.bench.report.ReportTables;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** Receives over many WebSockets. */
@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = "Posts into a room that many WebSockets listen to.")
final class FanOutCommand implements Callable<Integer> {

    private static final double KIBIBYTE = 1024;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://localhost:4000",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = "--sockets",
            paramLabel = "N",
            defaultValue = "1000",
            description = "WebSockets (default: ${DEFAULT-VALUE}).")
    private int sockets;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "100",
            description = "Users who share the sockets (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Posts a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "The server's process on this machine, to weigh the sockets.")
    private @Nullable Long pid;

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        ChattoApi api = run.api(Target.parse(server));
        RunName name = new RunName();
        List<Account> accounts = api.register(name.logins(), users);
        String room = api.createRooms(name.rooms("fanout"), 1, accounts).getFirst();
        FanOutResult result =
                run.fanOut(api).run(sockets, rate, room, accounts, () -> resident(pid));
        System.out.print(ReportTables.load(List.of(result.result()), "receipts/s"));
        if (pid != null) {
            System.out.printf(
                    "%.1f KiB for each connected socket, %.1f KiB after the posts (resident before:"
                            + " %.0f KiB)%n",
                    result.kilobytesPerIdleSocket(),
                    result.kilobytesPerSocket(),
                    result.memoryBefore() / KIBIBYTE);
        }
        return 0;
    }

    private static long resident(@Nullable Long pid) throws IOException {
        return pid == null ? 0 : ProcessMemory.of(pid).resident();
    }
}
