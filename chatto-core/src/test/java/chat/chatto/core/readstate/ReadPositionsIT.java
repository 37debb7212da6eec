package chat.chatto.core.readstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

class ReadPositionsIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final RoomId ROOM = new RoomId("R1");
    private static final RoomId ELSEWHERE = new RoomId("R2");

    private static TestServer one;
    private static TestServer other;

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void beginsBeforeTheFirstMessage() {
        UserId user = new UserId("Unew");

        assertThat(one.readPositions.get(user, ROOM)).isEqualTo(ReadPositions.NOTHING_READ);
        assertThat(one.readPositions.all(user)).isEmpty();
        assertThat(one.readPositions.advance(user, ROOM, -1)).isEqualTo(-1);
    }

    @Test
    void movesForwardsOnly() {
        UserId user = new UserId("Uforwards");

        assertThat(one.readPositions.advance(user, ROOM, 10)).isEqualTo(10);
        assertThat(one.readPositions.advance(user, ROOM, 3)).isEqualTo(10);
        assertThat(one.readPositions.advance(user, ELSEWHERE, 0)).isZero();
        assertThat(one.readPositions.all(user)).isEqualTo(Map.of(ROOM, 10L, ELSEWHERE, 0L));
    }

    @Test
    void movesBackWhenAMessageIsMadeUnread() {
        UserId user = new UserId("Ubackwards");
        one.readPositions.advance(user, ROOM, 10);

        assertThat(other.readPositions.retreat(user, ROOM, 4)).isEqualTo(3);
        assertThat(other.readPositions.retreat(user, ROOM, 8)).isEqualTo(3);
        await().until(() -> one.readPositions.get(user, ROOM) == 3);
        assertThat(one.readPositions.advance(user, ROOM, 5)).isEqualTo(5);
        assertThat(one.readPositions.retreat(user, ROOM, 0)).isEqualTo(-1);
    }

    @Test
    void reachesTheOtherServersWithItsNews() {
        UserId user = new UserId("Udevices");
        assertThat(other.readPositions.get(user, ROOM)).isEqualTo(-1);
        List<ReadUpdate> heard = new CopyOnWriteArrayList<>();
        Runnable end = other.readPositions.onChange(heard::add);

        one.readPositions.advance(user, ROOM, 5);

        await().untilAsserted(
                        () -> assertThat(heard).containsExactly(new ReadUpdate(user, ROOM, 5)));
        assertThat(other.readPositions.get(user, ROOM)).isEqualTo(5);
        end.run();
    }

    @Test
    void losesNoneOfManyMovesAtOnceOnTwoServers() throws Exception {
        UserId user = new UserId("Ubusy");

        assertThat(
                        Race.refusals(
                                12,
                                n ->
                                        (n % 2 == 0 ? one : other)
                                                .readPositions.advance(
                                                        user, new RoomId("R" + n % 4), n)))
                .isEmpty();

        await().untilAsserted(
                        () ->
                                assertThat(one.readPositions.all(user))
                                        .isEqualTo(
                                                Map.of(
                                                        new RoomId("R0"), 8L,
                                                        new RoomId("R1"), 9L,
                                                        new RoomId("R2"), 10L,
                                                        new RoomId("R3"), 11L)));
    }
}
