package chat.chatto.core.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Activity;
import chat.chatto.core.timeline.Mentions;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.storage.Leases;
import chat.chatto.storage.Storage;
import chat.chatto.storage.StorageException;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

class NotificationWriterIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private Storage storage;
    private Leases.Candidacy holder;
    private TestCore server;

    /** Nobody writes notifications but the test, until it gives the lease up. */
    @BeforeEach
    void start() throws InterruptedException {
        storage = NATS.open();
        holder = TestCore.holdWriters(storage);
        await().until(holder::holding);
        server = TestCore.start(NATS.url());
    }

    @AfterEach
    void stop() {
        server.close();
        holder.close();
        storage.close();
    }

    private static DyingStorage immortal() {
        return new DyingStorage(Integer.MAX_VALUE, true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everybodyIsNotifiedOnceWhereverAWriterDies(boolean lastWords) throws InterruptedException {
        UserId ann = server.person();
        UserId ben = server.person();
        UserId cat = server.person();
        RoomId room = server.room(ann, ben, cat);
        boolean died = true;
        int rounds = 0;
        while (died) {
            Message root = server.post(ann, room, "round " + rounds);
            Message reply = server.post(ben, room, NewMessage.reply(root.ordinal(), "reply"));
            List<Activity.Batch> batches =
                    List.of(
                            batch(
                                    2L * rounds + 1,
                                    root,
                                    new Mentions(List.of(), List.of(), true, true)),
                            batch(2L * rounds + 2, reply, Mentions.NONE));
            var dying = new DyingStorage(rounds++, lastWords);
            died = !writes(dying, batches);

            // It did not come to say how far it was: the next one begins again.
            server.writer(immortal()).write(batches);
        }

        assertThat(rounds).as("the crash points that were tried").isGreaterThan(4);
        assertThat(ordinals(ben)).containsExactlyElementsOf(newestFirst(rounds));
        assertThat(ordinals(cat)).containsExactlyElementsOf(newestFirst(rounds));
        assertThat(server.notifications.list(cat, 1, Optional.empty(), false).notifications())
                .singleElement()
                .extracting(Notification::occurrences)
                .isEqualTo(List.of(new Occurrence(Cause.ALL, Mode.ALERT)));
        assertThat(server.notifications.list(ann, 100, Optional.empty(), false).notifications())
                .hasSize(rounds)
                .allSatisfy(one -> assertThat(one.cause()).isEqualTo(Cause.THREAD));
        assertThat(server.threads.list(ann, 100, Optional.empty(), false).threads())
                .hasSize(rounds)
                .allSatisfy(thread -> assertThat(thread.unread()).isEqualTo(1));
        assertThat(server.threads.list(ben, 100, Optional.empty(), false).threads())
                .hasSize(rounds)
                .allSatisfy(thread -> assertThat(thread.unread()).isZero());
    }

    private boolean writes(DyingStorage dying, List<Activity.Batch> batches)
            throws InterruptedException {
        try {
            server.writer(dying).write(batches);
            return true;
        } catch (StorageException e) {
            return false;
        }
    }

    private static Activity.Batch batch(long sequence, Message message, Mentions mentions) {
        return new Activity.Batch(
                sequence,
                List.of(
                        new Activity.Posted(
                                0,
                                message.address(),
                                message.author(),
                                message.createdAt(),
                                message.id(),
                                OptionalLong.empty(),
                                mentions)));
    }

    private List<Long> ordinals(UserId user) {
        return server
                .notifications
                .list(user, 100, Optional.empty(), false)
                .notifications()
                .stream()
                .map(one -> one.message().ordinal())
                .toList();
    }

    private static List<Long> newestFirst(int rounds) {
        return LongStream.range(0, rounds).mapToObj(i -> rounds - 1 - i).toList();
    }

    @Test
    void twoWritersAtOnceNotifyOnce() throws InterruptedException {
        UserId ann = server.person();
        UserId ben = server.person();
        RoomId room = server.room(ann, ben);
        var everybody = new Mentions(List.of(), List.of(), false, true);
        NotificationWriter one = server.writer(immortal());
        NotificationWriter other = server.writer(immortal());
        for (int i = 0; i < 20; i++) {
            var batches = List.of(batch(i + 1, server.post(ann, room, "hello"), everybody));
            (i % 3 == 0 ? one : other).write(batches);
            (i % 3 == 0 ? other : one).write(batches);
        }

        assertThat(ordinals(ben)).containsExactlyElementsOf(newestFirst(20));
    }

    @Test
    void whatWasReadBeforeIsNotNotified() throws InterruptedException {
        UserId ann = server.person();
        UserId ben = server.person();
        RoomId room = server.room(ann, ben);
        server.post(ann, room, "anybody there?");
        reply(ben, room, "yes");
        server.positions.advance(ann, room, 1);
        reply(ben, room, "and you?");

        holder.close();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ordinals(ann)).containsExactly(2L));
    }

    @Test
    void aServerThatEndsHandsOverAndNobodyIsForgotten() throws InterruptedException {
        UserId ann = server.person();
        UserId ben = server.person();
        RoomId room = server.room(ann, ben);
        server.post(ann, room, "anybody there?");
        holder.close();
        int replies = 60;
        for (int i = 0; i < replies / 2; i++) {
            reply(ben, room, "reply");
        }
        server.close();
        server = TestCore.start(NATS.url());
        for (int i = 0; i < replies / 2; i++) {
            reply(ben, room, "reply");
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () ->
                                assertThat(ordinals(ann))
                                        .containsExactlyElementsOf(
                                                LongStream.range(0, replies)
                                                        .mapToObj(i -> replies - i)
                                                        .toList()));
    }

    private void reply(UserId author, RoomId room, String body) {
        server.post(
                author,
                room,
                new NewMessage(
                        body, OptionalLong.of(0), OptionalLong.empty(), false, Optional.empty()));
    }
}
