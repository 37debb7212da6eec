package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Commits and events for tests of pure functions. */
final class Samples {

    static final RoomId ROOM = new RoomId("Rone");
    static final UserId ANN = new UserId("Uann");
    static final UserId BEN = new UserId("Uben");
    static final TimelineId MAIN = TimelineId.main(ROOM);

    private Samples() {}

    static MessageAddress main(long ordinal) {
        return new MessageAddress(MAIN, ordinal);
    }

    static Event.Post post(MessageAddress address) {
        return new Event.Post(
                address,
                ANN,
                1_000 + address.ordinal(),
                "M" + address.timeline().threadRoot().orElse(-1) + "x" + address.ordinal(),
                new byte[] {1, 2, 3},
                OptionalLong.empty(),
                "key-" + address.ordinal(),
                Mentions.NONE,
                Optional.empty(),
                Optional.empty());
    }

    static Commit commit(RoomTip tip, long sequence, long head, Event... events) {
        var id = new CommitId(sequence, -sequence);
        byte[] content = CommitCodec.encode(id, tip, head, 1_000 + sequence, List.of(events));
        return CommitCodec.decode(ROOM, sequence, content);
    }
}
