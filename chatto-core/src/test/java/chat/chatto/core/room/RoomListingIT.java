package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class RoomListingIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static TestServer server;
    private static UserId ada;
    private static UserId bob;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(nats.open());
        ada = server.register("ada").id();
        bob = server.register("bob").id();
        for (String name : List.of("Zebra", "apple", "Mango", "Äpfel", "mango tree", "banana")) {
            server.rooms.create(ada, new NewRoom(name, ""), Optional.empty());
        }
        join("Zebra");
        join("banana");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void listsTheOwnRoomsFirstThenTheOthersEachByName() {
        assertThat(names(server.rooms.list(bob, RoomQuery.all())))
                .containsExactly("banana", "Zebra", "apple", "Mango", "mango tree", "Äpfel");
    }

    @Test
    void finds() {
        assertThat(names(list(Optional.of("MANGO"), Optional.empty())))
                .containsExactly("Mango", "mango tree");
        assertThat(names(list(Optional.empty(), Optional.of(true))))
                .containsExactly("banana", "Zebra");
        assertThat(names(list(Optional.empty(), Optional.of(false))))
                .containsExactly("apple", "Mango", "mango tree", "Äpfel");
        assertThat(names(list(Optional.of("an"), Optional.of(true)))).containsExactly("banana");
        assertThat(names(list(Optional.of("nothing"), Optional.empty()))).isEmpty();
    }

    @Test
    void listsEachRoomOnceInPartsOfAnySize() {
        for (int limit = 1; limit <= 7; limit++) {
            List<String> found = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                Slice<Room> part =
                        server.rooms.list(
                                bob,
                                new RoomQuery(Optional.empty(), Optional.empty(), limit, cursor));
                found.addAll(names(part));
                cursor = part.nextCursor();
            } while (cursor.isPresent());
            assertThat(found)
                    .containsExactly("banana", "Zebra", "apple", "Mango", "mango tree", "Äpfel");
        }
    }

    @Test
    void refusesLimitsAndCursorsThatMakeNoSense() {
        assertThatThrownBy(
                        () ->
                                new RoomQuery(
                                        Optional.empty(), Optional.empty(), 0, Optional.empty()))
                .isInstanceOf(ChattoException.class);
        for (String cursor : List.of("", "%%%", "YQ==x", "////")) {
            RoomQuery query =
                    new RoomQuery(Optional.empty(), Optional.empty(), 10, Optional.of(cursor));
            assertThatThrownBy(() -> server.rooms.list(bob, query))
                    .isInstanceOf(ChattoException.class)
                    .hasMessage("cursor is not one that this list gave");
        }
    }

    private static Slice<Room> list(Optional<String> text, Optional<Boolean> joined) {
        return server.rooms.list(bob, new RoomQuery(text, joined, 100, Optional.empty()));
    }

    private static List<String> names(Slice<Room> slice) {
        return slice.items().stream().map(Room::name).toList();
    }

    private static void join(String name) {
        RoomId room =
                server.rooms.list(ada, RoomQuery.all()).items().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .id();
        server.rooms.join(bob, room);
    }
}
