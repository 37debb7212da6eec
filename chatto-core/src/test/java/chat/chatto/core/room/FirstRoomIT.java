package chat.chatto.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class FirstRoomIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @Test
    void isMadeOnceWhenTwoServersStartAtOnce() throws Exception {
        try (TestServer one = TestServer.start(nats.open());
                TestServer other = TestServer.start(nats.open())) {
            List<TestServer> servers = List.of(one, other);

            assertThat(Race.refusals(2, n -> servers.get(n).rooms.prepareFirst())).isEmpty();

            for (TestServer server : servers) {
                server.rooms.prepareFirst();
                assertThat(server.directory.all())
                        .extracting(Room::name, Room::universal, Room::createdBy)
                        .containsExactlyInAnyOrder(
                                tuple("announcements", true, UserId.SYSTEM),
                                tuple("general", false, UserId.SYSTEM));
            }
            UserId ann = one.register("ann").id();
            RoomId general =
                    one.directory.all().stream()
                            .filter(room -> room.name().equals("general"))
                            .findFirst()
                            .orElseThrow()
                            .id();
            one.rooms.join(ann, general);
            assertThat(one.rooms.list(ann, RoomQuery.all()).items())
                    .extracting(Room::name)
                    .containsExactly("general", "announcements");
        }
    }
}
