package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredPinnedMessage;
import chat.chatto.core.stored.v1.StoredPins;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import java.util.List;
import java.util.Optional;

/** Reads and writes the documents that say what is pinned in rooms. Safe for use by many threads. */
final class PinStore {

    private static final int FORMAT = 1;

    private final KeyValueStore documents;

    PinStore(KeyValueStore documents) {
        this.documents = documents;
    }

    /**
     * A board, perhaps newer than its document.
     *
     * @param revision the document's revision, 0 when there is none
     * @param storedSequence the board's {@link PinBoard#appliedSequence} in the document, 0 when there is none
     */
    record Known(PinBoard board, long revision, long storedSequence) {

        boolean dirty() {
            return board.appliedSequence() > storedSequence;
        }

        Known apply(Commit commit) {
            return new Known(board.apply(commit), revision, storedSequence);
        }
    }

    /**
     * Reads a room's board; one without a document is empty.
     *
     * @throws DamagedException when the document cannot be read
     */
    Known load(RoomId room) {
        Optional<KeyValueStore.Entry> document = documents.get(key(room));
        if (document.isEmpty()) {
            return new Known(PinBoard.empty(room), 0, 0);
        }
        PinBoard board = decode(room, document.get().value());
        return new Known(board, document.get().revision(), board.appliedSequence());
    }

    /**
     * Writes a board if its document did not change since it was read.
     *
     * @throws ConflictException when another server wrote the document
     */
    void store(Known known) {
        byte[] content = encode(known.board());
        String key = key(known.board().room());
        if (known.revision() == 0) {
            documents.create(key, content);
        } else {
            documents.update(key, content, known.revision());
        }
    }

    private static String key(RoomId room) {
        return "pins." + room;
    }

    private static byte[] encode(PinBoard board) {
        var stored =
                StoredPins.newBuilder()
                        .setFormat(FORMAT)
                        .setAppliedSequence(board.appliedSequence())
                        .setAppliedHash(ByteString.copyFrom(board.appliedHash().toBytes()));
        for (PinnedMessage pin : board.pins()) {
            stored.addPins(
                    StoredPinnedMessage.newBuilder()
                            .setLine(TimelineCodec.line(pin.address().timeline()))
                            .setOrdinal(pin.address().ordinal())
                            .setAtMillis(pin.atMillis())
                            .setBy(pin.by().value()));
        }
        return stored.build().toByteArray();
    }

    private static PinBoard decode(RoomId room, byte[] content) {
        StoredPins stored;
        try {
            stored = StoredPins.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedException("The pins of room " + room + " cannot be read", e);
        }
        if (stored.getFormat() != FORMAT) {
            throw new DamagedException(
                    "The pins of room "
                            + room
                            + " have the unknown format "
                            + stored.getFormat()
                            + "; were they written by a newer Chatto?");
        }
        List<PinnedMessage> pins =
                stored.getPinsList().stream()
                        .map(
                                pin ->
                                        new PinnedMessage(
                                                new MessageAddress(
                                                        TimelineCodec.timeline(room, pin.getLine()),
                                                        pin.getOrdinal()),
                                                pin.getAtMillis(),
                                                new UserId(pin.getBy())))
                        .toList();
        return new PinBoard(
                room,
                stored.getAppliedSequence(),
                ChainHash.of(stored.getAppliedHash().toByteArray()),
                pins);
    }
}
