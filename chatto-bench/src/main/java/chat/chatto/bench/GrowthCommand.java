package chat.chatto.bench;

import chat.chatto.bench.http.Target;
import chat.chatto.bench.load.Account;
import chat.chatto.bench.load.ChattoApi;
import chat.chatto.bench.load.Quota;
import chat.chatto.bench.process.LiveHeap;
import chat.chatto.bench.process.ProcessMemory;
import chat.chatto.bench.report.Growth;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** Posts very many messages and sees what remains in memory. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = "Posts many messages and weighs the server before and after.")
final class GrowthCommand implements Callable<Integer> {

    private static final int POSTERS = 64;
    private static final double MEBIBYTE = 1024 * 1024;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://localhost:4000",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String server = "";

    @Option(
            names = "--pid",
            paramLabel = "PID",
            required = true,
            description = "The server's process on this machine.")
    private long pid;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Messages to post (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = "--warm-up-messages",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Messages before the first look (default: ${DEFAULT-VALUE}).")
    private long warmUpMessages;

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "16",
            description = "Rooms to post into (default: ${DEFAULT-VALUE}).")
    private int rooms;

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        Growth growth =
                measure(run.api(Target.parse(server)), run, pid, rooms, warmUpMessages, messages);
        System.out.printf(
                "resident %.0f -> %.0f MiB (%+.0f), live heap %.0f -> %.0f MiB%n",
                growth.rssBeforeMib(),
                growth.rssAfterMib(),
                growth.grownMib(),
                growth.heapBeforeMib(),
                growth.heapAfterMib());
        return 0;
    }

    /** Posts and weighs; every post must succeed. */
    static Growth measure(
            ChattoApi api, RunOptions run, long pid, int rooms, long warmUpMessages, long messages)
            throws IOException, InterruptedException {
        RunName name = new RunName();
        List<Account> accounts = api.register(name.logins(), POSTERS);
        List<String> ids = api.createRooms(name.rooms("growth"), rooms, accounts);
        Quota quota = new Quota(api, accounts, run.bodyBytes(), run.seed());
        quota.post(POSTERS, warmUpMessages, ids);
        double heapBefore = LiveHeap.bytes(pid) / MEBIBYTE;
        double before = ProcessMemory.of(pid).resident() / MEBIBYTE;
        quota.post(POSTERS, messages, ids);
        double after = ProcessMemory.of(pid).resident() / MEBIBYTE;
        return new Growth(messages, before, after, heapBefore, LiveHeap.bytes(pid) / MEBIBYTE);
    }
}
