package chat.chatto.core.personal;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredLine;
import chat.chatto.core.timeline.TimelineId;

import java.util.OptionalLong;

/** Timelines as personal documents name them. */
final class Lines {

    private Lines() {}

    static StoredLine stored(TimelineId timeline) {
        StoredLine.Builder line = StoredLine.newBuilder().setRoom(timeline.room().value());
        timeline.threadRoot().ifPresent(line::setThreadRoot);
        return line.build();
    }

    static TimelineId timeline(StoredLine line) {
        return new TimelineId(
                new RoomId(line.getRoom()),
                line.hasThreadRoot()
                        ? OptionalLong.of(line.getThreadRoot())
                        : OptionalLong.empty());
    }
}
