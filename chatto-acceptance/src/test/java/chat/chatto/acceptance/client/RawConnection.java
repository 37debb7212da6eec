package chat.chatto.acceptance.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which HTTP is written by hand, as slowly as one likes. */
public final class RawConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    public static RawConnection to(URI server) {
        return to(server, "127.0.0.1");
    }

    /** @param from an address of this machine, for the client */
    public static RawConnection to(URI server, String from) {
        try {
            Socket socket =
                    new Socket(server.getHost(), server.getPort(), InetAddress.getByName(from), 0);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends lines, each ended as HTTP does. */
    public void sendLines(String... lines) {
        send(String.join("\r\n", lines) + "\r\n");
    }

    public void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer, head and body; its length must be given in its head. */
    public String answer() {
        try {
            InputStream input = socket.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            while (!answer.toString(StandardCharsets.ISO_8859_1).endsWith(END_OF_HEAD)) {
                int next = input.read();
                if (next < 0) {
                    throw new AssertionError(
                            "The connection ended after: "
                                    + answer.toString(StandardCharsets.UTF_8));
                }
                answer.write(next);
            }
            Matcher length = LENGTH.matcher(answer.toString(StandardCharsets.ISO_8859_1));
            if (length.find()) {
                answer.write(input.readNBytes(Integer.parseInt(length.group(1))));
            }
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
