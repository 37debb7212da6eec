package chat.chatto.bench.http;

import java.nio.charset.StandardCharsets;

/** An answer: its status and its whole body. */
public record HttpReply(int status, byte[] body) {

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** True for the 2xx statuses. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }
}
