package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredEcho;
import chat.chatto.core.stored.v1.StoredEchoed;
import chat.chatto.core.stored.v1.StoredForward;
import chat.chatto.core.stored.v1.StoredMentions;

import com.google.protobuf.UnsafeByteOperations;

import java.util.List;
import java.util.Optional;

/** The stored forms that commits and pages have in common. Stateless. */
final class TimelineCodec {

    private TimelineCodec() {}

    /** How a timeline is named within its room. */
    static long line(TimelineId timeline) {
        return timeline.isThread() ? timeline.threadRoot().getAsLong() + 1 : 0;
    }

    static TimelineId timeline(RoomId room, long line) {
        return line == 0 ? TimelineId.main(room) : TimelineId.thread(room, line - 1);
    }

    static StoredMentions encode(Mentions mentions) {
        return StoredMentions.newBuilder()
                .addAllUsers(values(mentions.users()))
                .addAllRoles(mentions.roles())
                .setHere(mentions.here())
                .setAll(mentions.all())
                .build();
    }

    static Mentions decode(StoredMentions stored) {
        return new Mentions(
                users(stored.getUsersList()),
                stored.getRolesList(),
                stored.getHere(),
                stored.getAll());
    }

    static StoredEcho encode(Echo echo) {
        return switch (echo) {
            case Echo.Of of ->
                    StoredEcho.newBuilder()
                            .setOf(
                                    StoredEchoed.newBuilder()
                                            .setRoot(of.root())
                                            .setOrdinal(of.ordinal())
                                            .setMessageId(of.messageId()))
                            .build();
            case Echo.At at -> StoredEcho.newBuilder().setAt(at.ordinal()).build();
        };
    }

    static Optional<Echo> decode(StoredEcho stored) {
        return switch (stored.getSideCase()) {
            case OF ->
                    Optional.of(
                            new Echo.Of(
                                    stored.getOf().getRoot(),
                                    stored.getOf().getOrdinal(),
                                    stored.getOf().getMessageId()));
            case AT -> Optional.of(new Echo.At(stored.getAt()));
            case SIDE_NOT_SET -> Optional.empty();
        };
    }

    static StoredForward encode(Forward forward) {
        TimelineId timeline = forward.source().timeline();
        return StoredForward.newBuilder()
                .setRoom(timeline.room().value())
                .setLine(line(timeline))
                .setOrdinal(forward.source().ordinal())
                .setAuthor(forward.author().value())
                .setCreatedAtMillis(forward.createdAtMillis())
                .setSealedBody(UnsafeByteOperations.unsafeWrap(forward.sealedBody()))
                .build();
    }

    static Forward decode(StoredForward stored) {
        TimelineId timeline = timeline(new RoomId(stored.getRoom()), stored.getLine());
        return new Forward(
                new MessageAddress(timeline, stored.getOrdinal()),
                new UserId(stored.getAuthor()),
                stored.getCreatedAtMillis(),
                stored.getSealedBody().toByteArray());
    }

    static List<String> values(List<UserId> users) {
        return users.stream().map(UserId::value).toList();
    }

    static List<UserId> users(List<String> values) {
        return values.stream().map(UserId::new).toList();
    }
}
