package chat.chatto.core.attachment;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.Attachment;
import chat.chatto.core.asset.AttachmentKind;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredRoomFile;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a room, the newest first. Safe for use by many threads. */
public final class RoomFiles {

    /** The most files that one read returns. */
    public static final int LIMIT = 100;

    /** Entries that one read looks at: some are of files that are gone, or of another kind. */
    private static final int EXAMINED = 256;

    private final FileIndex index;
    private final Timelines timelines;
    private final RoomAccess access;

    @Inject
    public RoomFiles(Storage storage, Timelines timelines, RoomAccess access) {
        this.index = new FileIndex(storage);
        this.timelines = timelines;
        this.access = access;
    }

    /**
     * A part of the list. It may have fewer files than asked for although more follow.
     *
     * @param limit 1 to {@value #LIMIT}
     * @param kind only files of this kind
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID, UNAVAILABLE
     */
    public Slice<RoomFile> list(
            UserId viewer,
            RoomId room,
            int limit,
            Optional<String> cursor,
            Optional<AttachmentKind> kind) {
        access.checkRead(viewer, room);
        if (limit < 1 || limit > LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + LIMIT);
        }
        long end = cursor.map(RoomFiles::number).orElse(Long.MAX_VALUE);
        return StorageFailures.translating(
                () -> {
                    List<RoomFile> files = new ArrayList<>();
                    FileIndex.Reading reading = index.before(room, end);
                    for (int examined = 0;
                            files.size() < limit && examined < EXAMINED;
                            examined++) {
                        Optional<StoredRoomFile> entry = reading.next();
                        if (entry.isEmpty()) {
                            return new Slice<>(files, Optional.empty());
                        }
                        find(viewer, room, entry.get())
                                .filter(
                                        file ->
                                                kind.isEmpty()
                                                        || kind.get() == file.attachment().kind())
                                .ifPresent(files::add);
                    }
                    return new Slice<>(
                            files,
                            reading.position() > 0
                                    ? Optional.of(Long.toString(reading.position()))
                                    : Optional.empty());
                });
    }

    private Optional<RoomFile> find(UserId viewer, RoomId room, StoredRoomFile entry) {
        Message message = timelines.message(viewer, FileIndex.address(room, entry));
        var id = new AssetId(entry.getId());
        for (Attachment attachment : message.attachments()) {
            if (attachment.id().equals(id)) {
                return Optional.of(new RoomFile(attachment, message));
            }
        }
        return Optional.empty();
    }

    private static long number(String cursor) {
        if (!cursor.matches("\\d{1,15}")) {
            throw ChattoException.invalid("cursor", "is none that this list gave out");
        }
        return Long.parseLong(cursor);
    }
}
