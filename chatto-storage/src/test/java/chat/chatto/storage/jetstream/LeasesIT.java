package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.storage.Leases;
import chat.chatto.storage.Leases.Candidacy;
import chat.chatto.storage.Leases.Lease;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class LeasesIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private JetStreamStorage one;
    private JetStreamStorage other;
    private String name;

    @BeforeEach
    void open(TestInfo test) {
        one = nats.open();
        other = nats.open();
        name = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    private static void waitForever(Lease lease) throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Test
    void oneOfManyHoldsTheLeaseAndKeepsIt() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger starts = new AtomicInteger();
        Leases.Job job =
                lease -> {
                    starts.incrementAndGet();
                    assertThat(running.incrementAndGet()).isEqualTo(1);
                    assertThat(lease.held()).isTrue();
                    try {
                        waitForever(lease);
                    } finally {
                        running.decrementAndGet();
                    }
                };

        try (Candidacy first = one.leases().contend(name, job);
                Candidacy second = other.leases().contend(name, job)) {
            await().until(() -> first.holding() || second.holding());
            Candidacy holder = first.holding() ? first : second;

            await().during(Leases.TIME_TO_LIVE.plusSeconds(3))
                    .atMost(Leases.TIME_TO_LIVE.plusSeconds(10))
                    .until(() -> holder.holding() && running.get() == 1);
        }
        assertThat(starts).hasValue(1);
        assertThat(running).hasValue(0);
    }

    @Test
    void aClosedCandidacyHandsOverAtOnce() {
        Candidacy first = one.leases().contend(name, LeasesIT::waitForever);
        await().until(first::holding);

        try (Candidacy second = other.leases().contend(name, LeasesIT::waitForever)) {
            first.close();

            assertThat(first.holding()).isFalse();
            await().atMost(Duration.ofSeconds(4)).until(second::holding);
        }
    }

    @Test
    void aHolderThatVanishesIsReplaced() throws Exception {
        Process holder = HolderProcess.start(nats.url(), name);
        try (Candidacy second = other.leases().contend(name, LeasesIT::waitForever)) {
            assertThat(second.holding()).isFalse();
            holder.destroyForcibly().waitFor();

            await().atMost(Duration.ofSeconds(15)).until(second::holding);
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void aJobThatEndsOrFailsIsStartedAgain() {
        AtomicInteger starts = new AtomicInteger();

        try (Candidacy _ =
                one.leases()
                        .contend(
                                name,
                                lease -> {
                                    if (starts.incrementAndGet() == 1) {
                                        throw new IllegalStateException("the first time");
                                    }
                                })) {
            await().until(() -> starts.get() >= 3);
        }
    }

    @Test
    void theJobIsInterruptedWhenTheLeaseIsLost() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<@Nullable Boolean> heldAtInterruption = new AtomicReference<>();
        try (Candidacy first =
                one.leases()
                        .contend(
                                name,
                                lease -> {
                                    try {
                                        waitForever(lease);
                                    } catch (InterruptedException e) {
                                        heldAtInterruption.compareAndSet(null, lease.held());
                                        interrupted.countDown();
                                        throw e;
                                    }
                                })) {
            await().until(first::holding);
            nats.kill();

            await().atMost(Leases.TIME_TO_LIVE.plusSeconds(3))
                    .until(() -> interrupted.getCount() == 0);
            assertThat(heldAtInterruption).hasValue(false);
            assertThat(first.holding()).isFalse();
            nats.restart();
            await().atMost(Duration.ofSeconds(20)).until(first::holding);
        }
    }
}
