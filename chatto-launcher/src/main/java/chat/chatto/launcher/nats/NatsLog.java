package chat.chatto.launcher.nats;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes what nats-server says on to our own log and remembers the end of it. Its everyday remarks are debug messages here. */
final class NatsLog {

    private static final Logger LOG = LoggerFactory.getLogger("nats-server");
    private static final Pattern LINE = Pattern.compile("\\[\\d+] \\[([A-Z]{3})] (.*)");
    private static final int REMEMBERED = 10;

    private final Deque<String> last = new ArrayDeque<>();
    private final Thread thread;

    private NatsLog(Process process) {
        thread =
                Thread.ofPlatform().name("nats-server-log").daemon().unstarted(() -> pass(process));
    }

    /** Starts to read; that ends with the process. */
    static NatsLog follow(Process process) {
        NatsLog log = new NatsLog(process);
        log.thread.start();
        return log;
    }

    synchronized String lastLine() {
        return last.isEmpty() ? "nothing" : last.getLast();
    }

    /** The end of the output of a process that has ended. */
    String lastLines() {
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return String.join(System.lineSeparator(), last);
        }
    }

    private void pass(Process process) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                pass(line);
            }
        } catch (IOException e) {
            LOG.debug("The output of nats-server ended", e);
        }
    }

    private void pass(String line) {
        Matcher parts = LINE.matcher(line);
        boolean known = parts.matches();
        String message = known ? parts.group(2) : line;
        LOG.atLevel(known ? levelOf(parts.group(1)) : Level.WARN).log(message);
        synchronized (this) {
            last.addLast(message);
            if (last.size() > REMEMBERED) {
                last.removeFirst();
            }
        }
    }

    private static Level levelOf(String name) {
        return switch (name) {
            case "FTL", "ERR" -> Level.ERROR;
            case "WRN" -> Level.WARN;
            case "INF" -> Level.DEBUG;
            default -> Level.TRACE;
        };
    }
}
