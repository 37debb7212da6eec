package chat.chatto.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The load driver's entry point: one command a question. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a Chatto server through its public interface.",
        subcommands = {
            AllCommand.class,
            LoadCommand.class,
            PagesCommand.class,
            FanOutCommand.class,
            MentionCommand.class,
            FilesCommand.class,
            RawCommand.class,
            StartupCommand.class,
            GrowthCommand.class,
            SeedCommand.class,
            SearchCommand.class
        })
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Bench())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(arguments));
    }
}
