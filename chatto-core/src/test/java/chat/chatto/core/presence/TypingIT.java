package chat.chatto.core.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.TestServer;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.NewRoom;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

class TypingIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @Test
    void tellsAllServersAtMostEveryTwoSecondsForEachPlace() throws InterruptedException {
        try (TestServer one = TestServer.start(nats.open());
                TestServer other = TestServer.start(nats.open())) {
            UserId user = one.register("typist").id();
            UserId stranger = one.register("stranger").id();
            RoomId room = one.rooms.create(user, new NewRoom("Room", ""), Optional.empty()).id();
            List<TypingSignal> heard = new CopyOnWriteArrayList<>();
            other.typing.onSignal(heard::add);
            TypingSignal main = new TypingSignal(user, room, OptionalLong.empty());
            TypingSignal thread = new TypingSignal(user, room, OptionalLong.of(7));
            one.storage
                    .broadcast()
                    .send("typing." + room, "nonsense".getBytes(StandardCharsets.UTF_8));

            for (int i = 0; i < 3; i++) {
                one.typing.signal(user, room, OptionalLong.empty());
                one.typing.signal(user, room, OptionalLong.of(7));
            }
            await().untilAsserted(() -> assertThat(heard).containsExactly(main, thread));

            one.clock.pass(Typing.PAUSE);
            one.typing.signal(user, room, OptionalLong.empty());
            await().untilAsserted(() -> assertThat(heard).containsExactly(main, thread, main));
            assertThatThrownBy(() -> one.typing.signal(stranger, room, OptionalLong.empty()))
                    .isInstanceOf(ChattoException.class);
        }
    }
}
