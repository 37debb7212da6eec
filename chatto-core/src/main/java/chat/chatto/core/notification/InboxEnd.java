package chat.chatto.core.notification;

import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredNotification;
import chat.chatto.core.stored.v1.StoredSource;
import chat.chatto.storage.EventLog;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a person's notifications end.
 *
 * @param sequence the newest one's, 0 when there is none
 * @param number the newest one's, counted from 0
 * @param block the sequence of the first one of its block
 * @param previousBlock the same of the block before, 0 when there is none
 * @param sources the newest activity of each shard that the person was notified of
 */
record InboxEnd(long sequence, long number, long block, long previousBlock, List<Source> sources) {

    static final InboxEnd EMPTY = new InboxEnd(0, -1, 0, 0, List.of());

    /** How many notifications are read at once. */
    static final int BLOCK = 64;

    static InboxEnd of(EventLog.Entry entry) {
        return of(Records.parse(StoredNotification.parser(), entry.content()), entry.sequence());
    }

    private static InboxEnd of(StoredNotification stored, long sequence) {
        return new InboxEnd(
                sequence,
                stored.getNumber(),
                stored.getBlock() == 0 ? sequence : stored.getBlock(),
                stored.getPreviousBlock(),
                stored.getSourcesList().stream().map(Source::of).toList());
    }

    /** Whether the person was notified of this activity, or a later one of its shard. */
    boolean knows(Source source) {
        return sources.stream()
                .anyMatch(known -> known.shard() == source.shard() && known.reaches(source));
    }

    /** What to store so that it follows this end. */
    StoredNotification next(StoredNotification content, Source source) {
        boolean begins = (number + 1) % BLOCK == 0;
        List<StoredSource> newest = new ArrayList<>();
        newest.add(source.stored());
        sources.stream()
                .filter(other -> other.shard() != source.shard())
                .map(Source::stored)
                .forEach(newest::add);
        return content.toBuilder()
                .setNumber(number + 1)
                .setBlock(begins ? 0 : block)
                .setPreviousBlock(begins ? block : previousBlock)
                .clearSources()
                .addAllSources(newest)
                .build();
    }

    /** The end after it was stored. */
    static InboxEnd after(StoredNotification stored, long sequence) {
        return of(stored, sequence);
    }
}
