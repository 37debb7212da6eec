package chat.chatto.core.emoji;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Ids;
import chat.chatto.core.Listeners;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Projection;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredEmoji;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The emoji that people added to this server: at most {@value #MOST}, each known to every server from memory, their pictures read when they
 * are asked for. Safe for use by many threads.
 */
public final class CustomEmoji implements Projection {

    /** The most custom emoji. */
    public static final int MOST = 1_000;

    /** The most bytes of a picture. */
    public static final int IMAGE_BYTES = EmojiImage.BYTES;

    /** The kind of entity. */
    private static final String KIND = "emoji";

    private static final int VERSION_CHARACTERS = 14;

    private final ServerBucket server;
    private final EmojiAccess access;
    private final EmojiRecords records;
    private final EmojiPictures pictures;
    private final Ids ids;
    private final InstantSource clock;
    private final Map<String, StoredEmoji> known = new ConcurrentHashMap<>();
    private final Listeners<String> listeners = new Listeners<>();

    @Inject
    public CustomEmoji(
            ServerBucket server,
            Storage storage,
            EmojiAccess access,
            Ids ids,
            InstantSource clock) {
        this.server = server;
        this.access = access;
        this.records = new EmojiRecords(server);
        this.pictures = new EmojiPictures(storage.assets());
        this.ids = ids;
        this.clock = clock;
        server.register(KIND, this);
    }

    /**
     * One of them.
     *
     * @param version tells this picture from all others, also of the same name at another time
     */
    public record Item(String name, String version, UserId createdBy, Instant createdAt) {}

    /** A picture and what it is. The array is not copied: treat it as read-only. */
    public record Picture(String mediaType, String version, byte[] content) {}

    static String key(String name) {
        return ServerBucket.entity(KIND, name);
    }

    /** All of them by name, from memory. */
    public List<Item> all() {
        return known.entrySet().stream()
                .map(entry -> item(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Item::name))
                .toList();
    }

    /**
     * Whether there is a custom emoji of this name, also one that was added through another server a moment ago.
     *
     * @param name without colons; any text
     * @throws ChattoException UNAVAILABLE when this server knows none and storage is away
     */
    public boolean exists(String name) {
        return find(name).isPresent();
    }

    /**
     * The picture of a custom emoji.
     *
     * @throws ChattoException NOT_FOUND, UNAVAILABLE
     */
    public Picture picture(String name) {
        StoredEmoji stored = find(name).orElseThrow(() -> EmojiRecords.unknown(name));
        byte[] content =
                pictures.read(stored.getVersion()).orElseThrow(() -> EmojiRecords.unknown(name));
        return new Picture(stored.getMediaType(), stored.getVersion(), content);
    }

    /**
     * Adds an emoji; of several that want the same name at once, on whatever server, one gets it.
     *
     * @param image a PNG, GIF, WebP or JPEG of at most {@value #IMAGE_BYTES} bytes and 512 pixels a side
     * @throws ChattoException FORBIDDEN, INVALID, TOO_LARGE, NAME_TAKEN, CONFLICT when there are {@value #MOST} already, UNAVAILABLE
     */
    public Item add(UserId actor, String name, byte[] image) {
        access.checkManage(actor);
        EmojiName.check(name);
        EmojiImage checked = EmojiImage.checked(image);
        if (exists(name)) {
            throw EmojiRecords.taken(name);
        }
        String version = ids.secret(VERSION_CHARACTERS);
        StoredEmoji stored =
                StoredEmoji.newBuilder()
                        .setFormat(FORMAT)
                        .setVersion(version)
                        .setMediaType(checked.mediaType())
                        .setCreatedBy(actor.value())
                        .setCreatedAtMillis(clock.millis())
                        .build();
        // Before the record: who sees that there is an emoji can have its picture.
        pictures.store(version, image);
        try {
            records.create(name, stored);
        } catch (ChattoException e) {
            if (e.code() != ErrorCode.UNAVAILABLE) { // otherwise it may have been stored
                pictures.discard(version);
            }
            throw e;
        }
        return item(name, stored);
    }

    /**
     * Gives an emoji another name; what was written with the former one shows as text from then on.
     *
     * @throws ChattoException FORBIDDEN, NOT_FOUND, INVALID, NAME_TAKEN, UNAVAILABLE
     */
    public Item rename(UserId actor, String name, String newName) {
        access.checkManage(actor);
        EmojiName.check(newName);
        return item(newName, records.rename(name, newName));
    }

    /**
     * Removes an emoji with its picture.
     *
     * @throws ChattoException FORBIDDEN, NOT_FOUND, UNAVAILABLE
     */
    public void remove(UserId actor, String name) {
        access.checkManage(actor);
        pictures.discard(records.remove(name).getVersion());
    }

    /**
     * Registers for changes on all servers, on a thread that must not be kept for long; it is told a name that came or went.
     *
     * @return ends the registration
     */
    public Runnable onChange(Consumer<String> listener) {
        return listeners.add(listener);
    }

    @Override
    public void apply(Change change, boolean live) {
        String name = ServerBucket.id(change.key());
        switch (change) {
            case Change.Put put ->
                    known.put(name, Records.parse(StoredEmoji.parser(), put.value()));
            case Change.Removed _ -> known.remove(name);
        }
        if (live) {
            listeners.tell(name);
        }
    }

    private Optional<StoredEmoji> find(String name) {
        if (!EmojiName.possible(name)) {
            return Optional.empty();
        }
        Optional<StoredEmoji> found = Optional.ofNullable(known.get(name));
        return found.isPresent() || !server.catchUp(key(name))
                ? found
                : Optional.ofNullable(known.get(name));
    }

    private static Item item(String name, StoredEmoji stored) {
        return new Item(
                name,
                stored.getVersion(),
                new UserId(stored.getCreatedBy()),
                Instant.ofEpochMilli(stored.getCreatedAtMillis()));
    }
}
