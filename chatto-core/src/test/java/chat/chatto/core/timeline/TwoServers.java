package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Two servers with one store and one clock, for all tests of a class. */
final class TwoServers implements BeforeAllCallback, AfterAllCallback {

    private final NatsServerExtension nats = new NatsServerExtension();
    private final AtomicLong now = new AtomicLong(System.currentTimeMillis());
    private @Nullable TestServer one;
    private @Nullable TestServer two;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        nats.beforeAll(context);
        one = start();
        two = start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        two().close();
        one().close();
        nats.afterAll(context);
    }

    /** A further server; the caller closes it. */
    TestServer start() throws InterruptedException {
        return TestServer.start(
                nats.url(), () -> Instant.ofEpochMilli(now.get()), TimelineLimits.standard());
    }

    TestServer one() {
        return Objects.requireNonNull(one);
    }

    TestServer two() {
        return Objects.requireNonNull(two);
    }

    /** What the servers' clock says, in milliseconds. */
    long now() {
        return now.get();
    }

    void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    static void assertRefused(ErrorCode code, Runnable action) {
        assertRefused(code, action, "");
    }

    static void assertRefused(ErrorCode code, Runnable action, String saying) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(action::run)
                .withMessageContaining(saying)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
