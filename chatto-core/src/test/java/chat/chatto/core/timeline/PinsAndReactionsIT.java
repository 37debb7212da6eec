package chat.chatto.core.timeline;

import static chat.chatto.core.timeline.TwoServers.assertRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ErrorCode;
import chat.chatto.core.Slice;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people put on messages, through two servers. */
class PinsAndReactionsIT {

    @RegisterExtension static final TwoServers SERVERS = new TwoServers();

    private static final UserId ANN = new UserId("Uann");
    private static final UserId BEN = new UserId("Uben");

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private final TimelineId main = TimelineId.main(room);

    private TestServer one;
    private TestServer two;

    @BeforeEach
    void servers() {
        one = SERVERS.one();
        two = SERVERS.two();
    }

    @Test
    void pinsAreListedNewestFirstInParts() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            one.post(room, ANN, "message " + i);
            (i % 2 == 0 ? one : two).timelines.pin(BEN, new MessageAddress(main, i), true);
        }
        Message reply = one.reply(room, BEN, NewMessage.reply(0, "pinned reply"));
        one.timelines.pin(BEN, reply.address(), true);
        one.timelines.pin(BEN, reply.address(), true);
        one.timelines.pin(ANN, new MessageAddress(main, 1), false);
        one.timelines.delete(ANN, new MessageAddress(main, 2));

        for (TestServer server : List.of(one, two)) {
            await().untilAsserted(
                            () ->
                                    assertThat(pins(server, 2))
                                            .containsExactly(
                                                    "pinned reply",
                                                    "message 4",
                                                    "message 3",
                                                    "message 0"));
        }
        assertThat(two.timelines.message(ANN, new MessageAddress(main, 3)).pinned())
                .hasValueSatisfying(pinned -> assertThat(pinned.by()).isEqualTo(BEN));
        assertRefused(
                ErrorCode.NOT_FOUND,
                () -> one.timelines.pin(BEN, new MessageAddress(main, 2), true));
        assertRefused(
                ErrorCode.NOT_FOUND,
                () -> one.timelines.pin(BEN, new MessageAddress(main, 77), true));
        assertRefused(
                ErrorCode.INVALID,
                () -> one.timelines.pins(ANN, room, 2, Optional.of("no cursor")));
    }

    private List<String> pins(TestServer server, int limit) {
        List<String> bodies = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Slice<Message> part = server.timelines.pins(ANN, room, limit, cursor);
            part.items().forEach(message -> bodies.add(message.body()));
            cursor = part.nextCursor();
        } while (cursor.isPresent());
        return bodies;
    }

    @Test
    void theTwentyFirstReactionIsRefusedAndAnyCanBeTakenBack() {
        Message message = one.post(room, ANN, "react");
        for (int i = 0; i < 20; i++) {
            String emoji = new String(Character.toChars(0x1F600 + i));
            (i % 2 == 0 ? one : two).timelines.react(BEN, message.address(), emoji, true);
        }

        assertRefused(
                ErrorCode.INVALID,
                () -> two.timelines.react(BEN, message.address(), "👍", true),
                "one too many");
        one.timelines.react(BEN, message.address(), new String(Character.toChars(0x1F600)), false);
        two.timelines.react(BEN, message.address(), "👍", true);
        one.timelines.react(BEN, message.address(), "not an emoji", false);
        assertRefused(
                ErrorCode.INVALID,
                () -> one.timelines.react(BEN, message.address(), "not an emoji", true),
                "emoji");
    }

    @Test
    void whoReactedIsListedInParts() {
        Message message = one.post(room, ANN, "react");
        for (int i = 0; i < 7; i++) {
            one.timelines.react(new UserId("U" + i), message.address(), "👍", true);
        }
        one.timelines.react(BEN, message.address(), "🎉", true);

        Slice<ReactionList> first =
                two.timelines.reactions(
                        ANN, message.address(), Optional.empty(), 5, Optional.empty());
        Slice<ReactionList> rest =
                two.timelines.reactions(
                        ANN, message.address(), Optional.empty(), 5, first.nextCursor());
        Slice<ReactionList> only =
                two.timelines.reactions(
                        ANN, message.address(), Optional.of("🎉"), 5, Optional.empty());

        assertThat(first.items())
                .singleElement()
                .satisfies(
                        part -> {
                            assertThat(part.count()).isEqualTo(7);
                            assertThat(part.users()).hasSize(5).startsWith(new UserId("U0"));
                        });
        assertThat(rest.items()).extracting(ReactionList::emoji).containsExactly("👍", "🎉");
        assertThat(rest.items().getFirst().users())
                .containsExactly(new UserId("U5"), new UserId("U6"));
        assertThat(rest.nextCursor()).isEmpty();
        assertThat(only.items()).containsExactly(new ReactionList("🎉", 1, List.of(BEN)));
    }
}
