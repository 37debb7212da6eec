package chat.chatto.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.NewRoom;
import chat.chatto.core.room.RoomChange;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Optional;

class RoomTimelineAccessIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @Test
    void letsMembersReadAndWriteAndOwnersModerate() throws InterruptedException {
        try (TestServer one = TestServer.start(nats.open());
                TestServer other = TestServer.start(nats.open())) {
            UserId owner = one.register("boss").id();
            one.ownerClaim.claim(owner, one.ownerClaim.pendingToken().orElseThrow());
            UserId member = one.register("member").id();
            UserId stranger = one.register("stranger").id();
            RoomId room = one.rooms.create(member, new NewRoom("Room", ""), Optional.empty()).id();

            other.access.checkRead(member, room);
            other.access.checkWrite(member, room);
            assertThat(other.access.shard(room)).isEqualTo(1);
            assertCode(() -> one.access.checkRead(stranger, room), ErrorCode.FORBIDDEN);
            assertCode(() -> one.access.checkWrite(stranger, room), ErrorCode.FORBIDDEN);
            assertThat(one.access.mayModerate(owner, room)).isTrue();
            assertThat(one.access.mayModerate(member, room)).isFalse();

            one.rooms.change(owner, room, RoomChange.archive(true));
            one.access.checkRead(member, room);
            assertCode(() -> one.access.checkWrite(member, room), ErrorCode.ARCHIVED);

            one.rooms.leave(member, room);
            assertCode(() -> one.access.checkRead(member, room), ErrorCode.FORBIDDEN);

            RoomId nowhere = new RoomId("Rnowhere");
            assertCode(() -> one.access.checkRead(member, nowhere), ErrorCode.NOT_FOUND);
            assertCode(() -> one.access.checkWrite(member, nowhere), ErrorCode.NOT_FOUND);
            assertCode(() -> one.access.shard(nowhere), ErrorCode.NOT_FOUND);
            assertThat(one.access.mayModerate(owner, nowhere)).isFalse();
        }
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChattoException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
