package chat.chatto.core.emoji;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredEmoji;
import chat.chatto.core.stored.v1.StoredEmojiCount;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The records of custom emoji in SERVER, and how many there are. Safe for use by many threads. */
final class EmojiRecords {

    /** Written with every change, so that two servers never both add the last one that is allowed. */
    private static final String COUNT = "emojicount";

    private static final int ATTEMPTS = 32;

    private final ServerBucket server;

    EmojiRecords(ServerBucket server) {
        this.server = server;
    }

    /**
     * @throws ChattoException NAME_TAKEN, CONFLICT when there are too many
     */
    void create(String name, StoredEmoji emoji) {
        attempt(
                () -> {
                    requireFree(name);
                    return server.transact(
                            List.of(
                                    counted(1),
                                    new Write.Create(CustomEmoji.key(name), emoji.toByteArray())));
                });
    }

    /**
     * @return the emoji that has the new name
     * @throws ChattoException NOT_FOUND, NAME_TAKEN
     */
    StoredEmoji rename(String name, String newName) {
        return attempt(
                () -> {
                    Entry entry = require(name);
                    if (!newName.equals(name)) {
                        requireFree(newName);
                        server.transact(
                                List.of(
                                        new Write.Remove(entry.key(), entry.revision()),
                                        new Write.Create(CustomEmoji.key(newName), entry.value())));
                    }
                    return parse(entry);
                });
    }

    /**
     * @return the emoji that is no more
     * @throws ChattoException NOT_FOUND
     */
    StoredEmoji remove(String name) {
        return attempt(
                () -> {
                    Entry entry = require(name);
                    server.transact(
                            List.of(counted(-1), new Write.Remove(entry.key(), entry.revision())));
                    return parse(entry);
                });
    }

    static ChattoException unknown(String name) {
        return ChattoException.notFound("There is no custom emoji of the name " + name);
    }

    static ChattoException taken(String name) {
        return ChattoException.of(
                ErrorCode.NAME_TAKEN,
                "There is a custom emoji :" + name + ": already: choose another name");
    }

    private Write counted(int change) {
        Optional<Entry> entry = server.read(COUNT);
        int former =
                entry.map(held -> Records.parse(StoredEmojiCount.parser(), held.value()).getEmoji())
                        .orElse(0);
        if (change > 0 && former >= CustomEmoji.MOST) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT,
                    "There are "
                            + CustomEmoji.MOST
                            + " custom emoji, and no more are allowed: remove one first");
        }
        byte[] value =
                StoredEmojiCount.newBuilder()
                        .setFormat(FORMAT)
                        .setEmoji(Math.max(0, former + change))
                        .build()
                        .toByteArray();
        return entry.<Write>map(held -> new Write.Update(COUNT, value, held.revision()))
                .orElseGet(() -> new Write.Create(COUNT, value));
    }

    private Entry require(String name) {
        return Optional.of(name)
                .filter(EmojiName::possible)
                .flatMap(possible -> server.read(CustomEmoji.key(possible)))
                .orElseThrow(() -> unknown(name));
    }

    private void requireFree(String name) {
        if (server.read(CustomEmoji.key(name)).isPresent()) {
            throw taken(name);
        }
    }

    private static StoredEmoji parse(Entry entry) {
        return Records.parse(StoredEmoji.parser(), entry.value());
    }

    private static <T> T attempt(Supplier<T> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return change.get();
            } catch (ConflictException _) {
                // Somebody else changed the emoji: look again.
            }
        }
        throw ChattoException.of(ErrorCode.CONFLICT, "The emoji are being changed by others");
    }
}
