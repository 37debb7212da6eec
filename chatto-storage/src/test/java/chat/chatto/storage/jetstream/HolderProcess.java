package chat.chatto.storage.jetstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process of its own that holds a lease until it is killed. */
final class HolderProcess {

    private static final String HOLDING = "holding";

    private HolderProcess() {}

    /** Starts one and waits until it holds the lease. */
    static Process start(String url, String lease) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        java,
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        HolderProcess.class.getName(),
                                        url,
                                        lease))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.equals(HOLDING)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("The process ended without holding the lease");
        }
        return process;
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (JetStreamStorage storage =
                JetStreamStorage.open(JetStreamConfig.local(arguments[0]))) {
            storage.leases()
                    .contend(
                            arguments[1],
                            lease -> {
                                System.out.println(HOLDING);
                                new CountDownLatch(1).await();
                            });
            new CountDownLatch(1).await();
        }
    }
}
