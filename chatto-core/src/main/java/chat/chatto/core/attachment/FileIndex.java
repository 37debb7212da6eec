package chat.chatto.core.attachment;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.asset.SealedFile;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredRoomFile;
import chat.chatto.core.stored.v1.StoredRoomFileBlock;
import chat.chatto.core.stored.v1.StoredRoomFiles;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.Storage;

import java.util.List;
import java.util.Optional;

/**
 * Which files rooms have had, in the bucket FILES: blocks of {@value #BLOCK}, and how many there are in all. The count is written last and
 * may be behind; the blocks tell. Safe for use by many threads; its methods throw {@link chat.chatto.storage.StorageException}.
 */
final class FileIndex {

    private static final int BLOCK = 64;

    private final KeyValueStore store;

    FileIndex(Storage storage) {
        this.store = storage.bucket(Bucket.FILES);
    }

    /**
     * Adds the files of a message. Repeating is harmless as long as nothing newer was added.
     *
     * @param sequence the commit that posted it
     * @throws chat.chatto.storage.ConflictException when somebody else adds: look again
     */
    void add(long sequence, MessageAddress address, List<SealedFile> files) {
        RoomId room = address.timeline().room();
        for (SealedFile file : files) {
            End end = end(room);
            if (!end.holds(sequence, file.id().value())) {
                append(room, end, entry(sequence, address, file));
            }
        }
    }

    /**
     * Where the next file goes.
     *
     * @param block the entries of the block that it goes into
     * @param before the entries of the block before that, when this one is empty
     */
    private record End(
            long number,
            List<StoredRoomFile> block,
            Optional<Entry> entry,
            List<StoredRoomFile> before) {

        boolean holds(long sequence, String id) {
            return (block.isEmpty() ? before : block)
                    .stream()
                            .anyMatch(
                                    file ->
                                            file.getSequence() == sequence
                                                    && file.getId().equals(id));
        }

        long count() {
            return number * BLOCK + block.size();
        }
    }

    private End end(RoomId room) {
        long number =
                store.get(key(room))
                                .map(
                                        entry ->
                                                Records.parse(
                                                        StoredRoomFiles.parser(), entry.value()))
                                .map(StoredRoomFiles::getFiles)
                                .orElse(0L)
                        / BLOCK;
        List<StoredRoomFile> before = number > 0 ? block(room, number - 1) : List.of();
        while (true) {
            Optional<Entry> entry = store.get(key(room, number));
            List<StoredRoomFile> block = entry.map(FileIndex::files).orElse(List.of());
            if (block.size() < BLOCK) {
                return new End(number, block, entry, before);
            }
            before = block;
            number++;
        }
    }

    private void append(RoomId room, End end, StoredRoomFile file) {
        byte[] block =
                StoredRoomFileBlock.newBuilder()
                        .setFormat(FORMAT)
                        .addAllFiles(end.block())
                        .addFiles(file)
                        .build()
                        .toByteArray();
        String key = key(room, end.number());
        if (end.entry().isPresent()) {
            store.update(key, block, end.entry().get().revision());
        } else {
            store.create(key, block);
        }
        store.put(
                key(room),
                StoredRoomFiles.newBuilder()
                        .setFormat(FORMAT)
                        .setFiles(end.count() + 1)
                        .build()
                        .toByteArray());
    }

    /** Reads entries backwards. For one thread. */
    final class Reading {

        private final RoomId room;
        private long position;
        private long loaded = -1;
        private List<StoredRoomFile> block = List.of();

        private Reading(RoomId room, long position) {
            this.room = room;
            this.position = position;
        }

        /** The number of the entry that was read last: those before it follow. */
        long position() {
            return position;
        }

        /** Empty when there is none before. */
        Optional<StoredRoomFile> next() {
            if (position == 0) {
                return Optional.empty();
            }
            long number = (position - 1) / BLOCK;
            if (number != loaded) {
                block = block(room, number);
                loaded = number;
            }
            position--;
            int slot = (int) (position % BLOCK);
            return slot < block.size() ? Optional.of(block.get(slot)) : Optional.empty();
        }
    }

    /** The entries before a number, or before the end. */
    Reading before(RoomId room, long number) {
        return new Reading(room, Math.min(number, end(room).count()));
    }

    static MessageAddress address(RoomId room, StoredRoomFile file) {
        TimelineId timeline =
                file.getLine() == 0
                        ? TimelineId.main(room)
                        : TimelineId.thread(room, file.getLine() - 1);
        return new MessageAddress(timeline, file.getOrdinal());
    }

    private static StoredRoomFile entry(long sequence, MessageAddress address, SealedFile file) {
        TimelineId timeline = address.timeline();
        return StoredRoomFile.newBuilder()
                .setSequence(sequence)
                .setId(file.id().value())
                .setLine(timeline.isThread() ? timeline.threadRoot().getAsLong() + 1 : 0)
                .setOrdinal(address.ordinal())
                .build();
    }

    private List<StoredRoomFile> block(RoomId room, long number) {
        return store.get(key(room, number)).map(FileIndex::files).orElse(List.of());
    }

    private static List<StoredRoomFile> files(Entry entry) {
        return Records.parse(StoredRoomFileBlock.parser(), entry.value()).getFilesList();
    }

    private static String key(RoomId room) {
        return "room." + room;
    }

    private static String key(RoomId room, long number) {
        return "room." + room + "." + number;
    }
}
