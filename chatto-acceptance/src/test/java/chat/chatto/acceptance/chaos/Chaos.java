package chat.chatto.acceptance.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The long run: {@code build/chaos --help} says how. */
final class Chaos {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private Duration time = Duration.ofMinutes(10);
    private int rounds = Integer.MAX_VALUE;
    private long seed = ThreadLocalRandom.current().nextLong(1_000_000);
    private List<Fault> faults = List.of(Fault.values());
    private Path output = Path.of("target/chaos");

    private Chaos() {}

    public static void main(String[] arguments) throws IOException {
        Chaos chaos = new Chaos();
        if (!chaos.parse(arguments)) {
            System.exit(64);
        }
        System.exit(chaos.run() ? 0 : 1);
    }

    private boolean parse(String[] arguments) {
        if (arguments.length % 2 == 1) {
            usage();
            return false;
        }
        for (int i = 0; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--minutes" -> time = Duration.ofMinutes(Long.parseLong(value));
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--faults" -> faults = Stream.of(value.split(",")).map(Fault::named).toList();
                case "--output" -> output = Path.of(value);
                default -> {
                    usage();
                    return false;
                }
            }
        }
        return true;
    }

    private void usage() {
        out.printf(
                """
                build/chaos [--minutes N] [--rounds N] [--seed S] [--faults A,B,...] [--output DIRECTORY]

                Runs three nats-servers, two Chatto servers, HAProxy and a dozen people who write, breaks one thing after the other,
                and compares in the end what was acknowledged with what is there. It leaves chaos.svg and chaos.json in the output
                directory (target/chaos), and ends with status 1 when anything was lost, doubled, reordered or surprising.

                  --minutes  after this time no other fault begins; 10 unless told otherwise
                  --rounds   how often each fault is done at most
                  --seed     repeats the order of another run
                  --faults   which ones, all unless told otherwise: %s
                """,
                String.join(", ", Arrays.stream(Fault.values()).map(Fault::label).toList()));
    }

    private boolean run() throws IOException {
        Path directory = Files.createTempDirectory("chatto-chaos-");
        ChaosResult result =
                ChaosRun.run(new ChaosPlan(seed, faults, rounds, time), directory, out);
        ChaosReport report = new ChaosReport(result);
        out.print(report.text());
        Files.createDirectories(output);
        Files.writeString(output.resolve("chaos.json"), report.json());
        Files.writeString(output.resolve("chaos.svg"), ChaosPicture.draw(result));
        out.println("Picture and figures: " + output.toAbsolutePath());
        return result.passed();
    }
}
