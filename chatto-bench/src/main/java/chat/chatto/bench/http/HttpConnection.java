package chat.chatto.bench.http;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One keep-alive HTTP/1.1 connection that sends a request and blocks for its answer. It opens itself on first use and again after
 * a failure, but never repeats a request: what failed is the caller's to count. Not thread-safe; every poster owns one.
 */
public final class HttpConnection implements Closeable {

    private final Target target;
    private final Duration timeout;
    private final String fixedHeaders;
    private @Nullable Socket socket;
    private @Nullable HttpReader reader;

    /**
     * @param timeout the longest wait for connecting and for each read; then {@link java.net.SocketTimeoutException}
     * @param token the bearer token, or null to send none
     */
    public HttpConnection(Target target, Duration timeout, @Nullable String token) {
        this.target = target;
        this.timeout = timeout;
        this.fixedHeaders =
                " HTTP/1.1\r\nHost: "
                        + target.authority()
                        + "\r\n"
                        + (token == null ? "" : "Authorization: Bearer " + token + "\r\n");
    }

    /** Sends a GET. */
    public HttpReply get(String path) throws IOException {
        return exchange("GET " + path + fixedHeaders + "\r\n", new byte[0]);
    }

    /** Sends a JSON body with an optional {@code Idempotency-Key}. */
    public HttpReply send(String method, String path, String json, @Nullable String idempotencyKey)
            throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String key = idempotencyKey == null ? "" : "Idempotency-Key: " + idempotencyKey + "\r\n";
        String head =
                method
                        + " "
                        + path
                        + fixedHeaders
                        + key
                        + "Content-Type: application/json\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        return exchange(head, body);
    }

    private HttpReply exchange(String head, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
        request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        try {
            HttpReader answers = reader;
            Socket open = socket;
            if (open == null || answers == null) {
                open = connect();
                answers = new HttpReader(open.getInputStream());
                reader = answers;
            }
            open.getOutputStream().write(request.toByteArray());
            HttpReply reply = answers.read();
            if (answers.closing()) {
                close();
            }
            return reply;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Socket connect() throws IOException {
        Socket fresh = new Socket();
        socket = fresh;
        fresh.setTcpNoDelay(true);
        fresh.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        fresh.connect(target.address(), Math.toIntExact(timeout.toMillis()));
        return fresh;
    }

    @Override
    public void close() throws IOException {
        reader = null;
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
