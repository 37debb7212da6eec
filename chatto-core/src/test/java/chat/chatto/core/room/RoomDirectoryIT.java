package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

class RoomDirectoryIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static int people;

    private TestServer one;
    private TestServer other;
    private UserId ada;
    private UserId bob;

    @BeforeEach
    void start() throws InterruptedException {
        one = TestServer.start(nats.open());
        other = TestServer.start(nats.open());
        ada = one.register("ada" + ++people).id();
        bob = one.register("bob" + people).id();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void tellsAllServersOfChangesInOneOrder() {
        List<RoomEvent> here = new CopyOnWriteArrayList<>();
        List<RoomEvent> there = new CopyOnWriteArrayList<>();
        Runnable end = one.rooms.onEvent(here::add);
        other.rooms.onEvent(there::add);

        RoomId room = create("Events").id();
        other.rooms.join(bob, room);
        one.rooms.change(ada, room, RoomChange.rename("Events renamed"));
        other.rooms.leave(bob, room);

        await().untilAsserted(() -> assertThat(there).hasSize(5));
        assertThat(there.get(0)).isInstanceOf(RoomEvent.Created.class);
        assertThat(there.get(1)).isEqualTo(new RoomEvent.Joined(room, ada));
        assertThat(there.get(2)).isEqualTo(new RoomEvent.Joined(room, bob));
        assertThat(there.get(3))
                .isInstanceOfSatisfying(
                        RoomEvent.Updated.class,
                        updated -> assertThat(updated.room().name()).isEqualTo("Events renamed"));
        assertThat(there.get(4)).isEqualTo(new RoomEvent.Left(room, bob));
        await().untilAsserted(() -> assertThat(here).isEqualTo(there));

        end.run();
        one.rooms.join(bob, room);
        await().untilAsserted(() -> assertThat(there).hasSize(6));
        assertThat(here).hasSize(5);
    }

    @Test
    void tellsWhatBecameDifferentForAPersonSinceARevision() {
        RoomId stays = create("Stays").id();
        RoomId changes = create("Changes").id();
        RoomId goes = create("Goes").id();
        one.rooms.join(bob, stays);
        one.rooms.join(bob, changes);
        one.rooms.join(bob, goes);
        long revision = one.bucket.revision();
        assertThat(one.rooms.changedSince(bob, revision).isEmpty()).isTrue();

        RoomId comes = create("Comes").id();
        one.rooms.join(bob, comes);
        one.rooms.leave(bob, goes);
        one.rooms.change(ada, changes, RoomChange.archive(true));

        other.bucket.awaitApplied(one.bucket.revision());
        for (TestServer server : List.of(one, other)) {
            RoomChanges changed = server.rooms.changedSince(bob, revision);
            assertThat(changed.joined()).extracting(Room::id).containsExactly(comes);
            assertThat(changed.updated()).extracting(Room::id).containsExactly(changes);
            assertThat(changed.left()).containsExactly(goes);
        }
    }

    @Test
    void knowsAfterAStartWhatHappenedInWhateverOrder() throws InterruptedException {
        RoomId room = create("Kept").id();
        one.rooms.join(bob, room);
        // Now the room's record is newer than those of its members, and a name was taken over.
        one.rooms.change(ada, room, RoomChange.rename("Kept renamed"));
        RoomId successor = create("Kept").id();
        one.rooms.join(bob, successor);
        one.rooms.leave(bob, successor);

        try (TestServer restarted = TestServer.start(nats.open())) {
            assertThat(restarted.bucket.revision()).isEqualTo(one.bucket.revision());
            assertThat(restarted.rooms.require(ada, room)).isEqualTo(one.rooms.require(ada, room));
            assertThat(restarted.rooms.require(ada, successor))
                    .isEqualTo(one.rooms.require(ada, successor));
            assertThat(restarted.rooms.joined(bob)).containsExactly(room);
            assertThat(restarted.rooms.list(ada, RoomQuery.all()))
                    .isEqualTo(one.rooms.list(ada, RoomQuery.all()));
        }
    }

    private Room create(String name) {
        return one.rooms.create(ada, new NewRoom(name, ""), Optional.empty());
    }
}
