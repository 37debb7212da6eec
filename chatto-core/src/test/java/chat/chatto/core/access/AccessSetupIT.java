package chat.chatto.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.Race;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomAction;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class AccessSetupIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @Test
    void preparesAStoreOfTheFormerVersionOnceWhenTwoServersStartAtOnce() throws Exception {
        RoomId room = new RoomId("Rold");
        UserId maker = new UserId("Umaker");
        try (Storage storage = nats.open()) {
            StoredRoom stored =
                    StoredRoom.newBuilder()
                            .setName("Old")
                            .setShard(1)
                            .setCreatedBy(maker.value())
                            .build();
            storage.bucket(Bucket.SERVER)
                    .transact(List.of(new Write.Put("entity.room.Rold", stored.toByteArray())));
        }
        TestServer[] servers = new TestServer[2];

        assertThat(
                        Race.refusals(
                                2,
                                n -> {
                                    try {
                                        servers[n] = TestServer.start(nats.open());
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }))
                .isEmpty();

        try (TestServer one = servers[0];
                TestServer other = servers[1]) {
            for (TestServer server : List.of(one, other)) {
                assertThat(server.roles.list()).hasSize(4);
                assertThat(server.roomAccess.may(maker, RoomAction.MANAGE, room)).isTrue();
                assertThat(server.roomAccess.may(new UserId("Uelse"), RoomAction.MANAGE, room))
                        .isFalse();
            }
        }
    }
}
