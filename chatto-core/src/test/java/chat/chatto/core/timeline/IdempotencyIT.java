package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

class IdempotencyIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static final UserId ANN = new UserId("Uann");
    private static final UserId BEN = new UserId("Uben");

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private final TimelineId main = TimelineId.main(room);
    private final AtomicLong now = new AtomicLong(System.currentTimeMillis());
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

    private TestServer start(TimelineLimits limits) throws InterruptedException {
        return TestServer.start(NATS.url(), clock, limits);
    }

    private TestServer start() throws InterruptedException {
        return start(TimelineLimits.standard());
    }

    /** A UUIDv7 made at a time. */
    private static String key(long millis, int number) {
        String time = String.format(Locale.ROOT, "%012x", millis);
        return time.substring(0, 8)
                + "-"
                + time.substring(8)
                + "-7000-8000-"
                + String.format(Locale.ROOT, "%012x", number);
    }

    @Test
    void theSameKeyFindsTheFirstMessageOnEveryServer() throws InterruptedException {
        try (TestServer one = start();
                TestServer two = start()) {
            Posted first = one.post(room, ANN, "once", "retry-1");
            Posted here = one.post(room, ANN, "once", "retry-1");
            Posted there = two.post(room, ANN, "once", "retry-1");

            assertThat(first.repeated()).isFalse();
            assertThat(here.repeated()).isTrue();
            assertThat(there.repeated()).isTrue();
            assertThat(there.message()).isEqualTo(first.message());
            assertThat(one.post(room, BEN, "once", "retry-1").repeated()).isFalse();
            assertThat(one.bodies(main)).containsExactly("once", "once");
        }
    }

    @Test
    void manyRetriesAtOnceThroughTwoServersPostOnce() throws Exception {
        try (TestServer one = start();
                TestServer two = start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Posted>> retries = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                TestServer server = i % 2 == 0 ? one : two;
                retries.add(() -> server.post(room, ANN, "once", "retry-1"));
            }
            List<Posted> answers = new ArrayList<>();
            for (Future<Posted> answer : threads.invokeAll(retries)) {
                answers.add(answer.get());
            }

            assertThat(answers).filteredOn(answer -> !answer.repeated()).hasSize(1);
            assertThat(answers)
                    .extracting(answer -> answer.message().id())
                    .containsOnly(answers.getFirst().message().id());
            assertThat(one.bodies(main)).containsExactly("once");
        }
    }

    @Test
    void aKeyForAnotherBodyIsRefused() throws InterruptedException {
        try (TestServer server = start()) {
            Message message = server.post(room, ANN, "this", "key").message();

            assertRefused(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED, () -> server.post(room, ANN, "that", "key"));
            server.timelines.edit(ANN, message.address(), "edited since");
            assertThat(server.post(room, ANN, "this", "key").repeated()).isTrue();
        }
    }

    @Test
    void keysAreFoundAfterARestart() throws InterruptedException {
        try (TestServer server = start()) {
            server.post(room, ANN, "once", "opaque");
        }
        try (TestServer later = start()) {
            assertThat(later.post(room, ANN, "once", "opaque").repeated()).isTrue();
        }
    }

    @Test
    void aTimedKeyIsFoundInThePagesLongAfterMemoryForgotIt() throws InterruptedException {
        String old = key(now.get(), 1);
        TimelineLimits forgetful = forgetful();
        try (TestServer server = start(forgetful)) {
            server.post(room, ANN, "from the train", old);
            for (int i = 0; i < 200; i++) {
                now.addAndGet(Duration.ofMinutes(5).toMillis());
                server.post(room, BEN, "meanwhile " + i, key(now.get(), 100 + i));
            }
            assertThat(server.post(room, ANN, "from the train", old).repeated()).isTrue();
            assertThat(server.post(room, ANN, "another", key(now.get() - 3_600_000, 7)).repeated())
                    .isFalse();
        }
        try (TestServer later = start(forgetful)) {
            assertThat(later.post(room, ANN, "from the train", old).repeated()).isTrue();
            now.addAndGet(Duration.ofHours(9).toMillis());
            assertRefused(
                    ErrorCode.IDEMPOTENCY_KEY_EXPIRED,
                    () -> later.post(room, ANN, "from the train", old));
        }
    }

    @Test
    void aKeyFromTheFutureIsRefused() throws InterruptedException {
        try (TestServer server = start()) {
            assertRefused(
                    ErrorCode.IDEMPOTENCY_KEY_EXPIRED,
                    () -> server.post(room, ANN, "x", key(now.get() + 60_000, 1)));
            assertThat(server.post(room, ANN, "x", key(now.get() + 5_000, 1)).repeated()).isFalse();
        }
    }

    @Test
    void aPostWhoseAcknowledgementIsLostIsNeitherLostNorDoubled() throws Exception {
        try (TestServer server = start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Posted>> posts = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String body = "message " + i;
                posts.add(
                        threads.submit(
                                () ->
                                        persistently(
                                                () ->
                                                        server.post(
                                                                room,
                                                                ANN,
                                                                body,
                                                                "key-of-"
                                                                        + body.replace(
                                                                                ' ', '-')))));
                if (i % 100 == 50) {
                    NATS.kill();
                    NATS.restart();
                }
            }
            List<String> acknowledged = new ArrayList<>();
            for (Future<Posted> post : posts) {
                acknowledged.add(post.get().message().body());
            }

            assertThat(acknowledged).hasSize(400);
            await().untilAsserted(
                            () ->
                                    assertThat(server.bodies(main))
                                            .containsExactlyInAnyOrderElementsOf(acknowledged));
        }
    }

    /** As a client does it: as long as the outcome is unknown, again with the same key. */
    private static Posted persistently(Supplier<Posted> attempt) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            try {
                                return Optional.of(attempt.get());
                            } catch (ChattoException e) {
                                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                                return Optional.<Posted>empty();
                            }
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private static TimelineLimits forgetful() {
        TimelineLimits limits = TimelineLimits.standard();
        return new TimelineLimits(
                limits.pageCacheBytes(),
                limits.ringBytes(),
                limits.ringCommits(),
                limits.ringAge(),
                limits.unfoldedBytes(),
                10,
                limits.spillBytes(),
                limits.commitEvents(),
                limits.commitBytes(),
                limits.roomQueue(),
                limits.writeTimeout(),
                Duration.ofMillis(50));
    }

    private static void assertRefused(ErrorCode code, Runnable action) {
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(action::run)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
