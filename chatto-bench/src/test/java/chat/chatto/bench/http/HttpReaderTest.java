package chat.chatto.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

class HttpReaderTest {

    @Test
    void readsAnswersOneAfterTheOther() throws IOException {
        HttpReader reader =
                reader(
                        "HTTP/1.1 201 Created",
                        "content-length: 3",
                        "",
                        "abcHTTP/1.1 204 No Content",
                        "",
                        "");

        HttpReply first = reader.read();
        HttpReply second = reader.read();

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.text()).isEqualTo("abc");
        assertThat(second.status()).isEqualTo(204);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void joinsChunks() throws IOException {
        HttpReader reader =
                reader(
                        "HTTP/1.1 200 OK",
                        "Transfer-Encoding: chunked",
                        "",
                        "4",
                        "wiki",
                        "A;x=y",
                        "0123456789",
                        "0",
                        "",
                        "");

        assertThat(reader.read().text()).isEqualTo("wiki0123456789");
    }

    @Test
    void readsBodiesLongerThanItsBuffer() throws IOException {
        String body = "x".repeat(100_000);

        HttpReply reply = reader("HTTP/1.1 200 OK", "Content-Length: 100000", "", body).read();

        assertThat(reply.text()).isEqualTo(body);
    }

    @Test
    void noticesThatTheServerWillClose() throws IOException {
        HttpReader reader =
                reader(
                        "HTTP/1.1 503 Service Unavailable",
                        "Connection: close",
                        "Content-Length: 0",
                        "",
                        "");

        reader.read();

        assertThat(reader.closing()).isTrue();
    }

    @Test
    void failsWhenTheConnectionEndsInTheMiddle() {
        assertThatIOException()
                .isThrownBy(() -> reader("HTTP/1.1 200 OK", "Content-Length: 5", "", "abc").read());
    }

    private static HttpReader reader(String... lines) {
        return new HttpReader(
                new ByteArrayInputStream(
                        String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1)));
    }
}
