package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.chatto.core.stored.v1.StoredCommit;
import chat.chatto.core.stored.v1.StoredEvent;

import com.google.protobuf.InvalidProtocolBufferException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class CommitCodecTest {

    private final RoomTip tip = new RoomTip(41, ChainHash.after(new byte[] {9}), 6);

    @Test
    void everyKindOfEventSurvivesStorage() {
        var reply = new MessageAddress(TimelineId.thread(Samples.ROOM, 0), 0);
        var mentions = new Mentions(List.of(Samples.BEN), List.of("moderator"), true, false);
        var copy = new Forward(Samples.main(3), Samples.BEN, 4, new byte[] {8});
        var echoed =
                new Event.Post(
                        new MessageAddress(TimelineId.thread(Samples.ROOM, 0), 1),
                        Samples.ANN,
                        8,
                        "Mreply",
                        new byte[] {1},
                        OptionalLong.of(0),
                        "key",
                        mentions,
                        Optional.of(new Echo.At(8)),
                        Optional.of(copy),
                        List.of(Samples.FILE));
        List<Event> events =
                List.of(
                        Samples.post(Samples.main(7)),
                        Samples.post(reply),
                        new Event.Edit(
                                Samples.main(3), Samples.ANN, 5, new byte[] {4, 5}, mentions),
                        new Event.Delete(
                                Samples.main(2),
                                Samples.BEN,
                                6,
                                List.of(Samples.FILE.withoutDescription())),
                        new Event.Detach(
                                Samples.main(3), Samples.BEN, 6, Samples.FILE.withoutDescription()),
                        new Event.React(Samples.main(1), Samples.BEN, 7, "👍", true),
                        new Event.React(reply, Samples.ANN, 8, "🎉", false),
                        echoed,
                        Event.Post.echo(echoed, 8, "Mecho"),
                        new Event.Pin(reply, Samples.ANN, 9, true),
                        new Event.Follow(Samples.main(0), Samples.BEN, 10, false));

        byte[] content = CommitCodec.encode(new CommitId(1, 2), tip, 7, 99, events);
        Commit decoded = CommitCodec.decode(Samples.ROOM, 42, content);

        assertThat(decoded.events())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(events);
        assertThat(decoded.id()).isEqualTo(new CommitId(1, 2));
        assertThat(decoded.previousSequence()).isEqualTo(41);
        assertThat(decoded.previousHash()).isEqualTo(tip.hash());
        assertThat(decoded.hash()).isEqualTo(ChainHash.after(content));
        assertThat(decoded.head()).isEqualTo(7);
        assertThat(decoded.atMillis()).isEqualTo(99);
    }

    @Test
    void anEventOfANewerVersionIsLeftOut() {
        byte[] content =
                StoredCommit.newBuilder(
                                parse(
                                        CommitCodec.encode(
                                                new CommitId(1, 2),
                                                tip,
                                                7,
                                                99,
                                                List.of(Samples.post(Samples.main(7))))))
                        .addEvents(StoredEvent.newBuilder().setActor("Uann").setOrdinal(3))
                        .build()
                        .toByteArray();

        assertThat(CommitCodec.decode(Samples.ROOM, 42, content).events()).hasSize(1);
    }

    @Test
    void refusesWhatIsNoCommit() {
        byte[] newer =
                StoredCommit.newBuilder(
                                parse(
                                        CommitCodec.encode(
                                                new CommitId(1, 2), tip, 7, 99, List.of())))
                        .setFormat(2)
                        .build()
                        .toByteArray();

        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> CommitCodec.decode(Samples.ROOM, 42, new byte[] {-1, -1, -1}));
        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> CommitCodec.decode(Samples.ROOM, 42, newer))
                .withMessageContaining("newer Chatto");
    }

    private static StoredCommit parse(byte[] content) {
        try {
            return StoredCommit.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
