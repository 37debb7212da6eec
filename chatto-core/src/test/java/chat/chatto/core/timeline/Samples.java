package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.Content;
import chat.chatto.core.asset.Form;
import chat.chatto.core.asset.SealedFile;
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
    static final SealedFile FILE =
            new SealedFile(
                    new AssetId("Fone"), List.of(new Content(Form.UPLOADED, 9)), new byte[] {7});

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
                Optional.empty(),
                List.of());
    }

    static Commit commit(RoomTip tip, long sequence, long head, Event... events) {
        var id = new CommitId(sequence, -sequence);
        byte[] content = CommitCodec.encode(id, tip, head, 1_000 + sequence, List.of(events));
        return CommitCodec.decode(ROOM, sequence, content);
    }
}
