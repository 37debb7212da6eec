package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.Slice;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.AttachmentSource;
import chat.chatto.core.asset.Descriptions;
import chat.chatto.core.asset.OwnedFile;
import chat.chatto.core.room.RoomHeads;
import chat.chatto.core.room.RoomId;
import chat.chatto.kms.DataKeys;
import chat.chatto.storage.Storage;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads and writes the timelines of all rooms. Safe for use by many threads; calls block until storage has answered and fail
 * with {@link ChattoException}.
 */
public final class Timelines implements RoomHeads, AutoCloseable {

    /** The most messages that one read returns. */
    public static final int PAGE_LIMIT = 100;

    /** The most changes that a reconnecting client is sent; beyond, reloading is cheaper. */
    private static final int RESUME_LIMIT = 2_000;

    private final TimelineAccess access;
    private final Bodies bodies;
    private final MessageReader messages;
    private final Descriptions files;
    private final TimelineReader reader;
    private final TimelineWriter writer;
    private final Storage storage;
    private final PageFile file;
    private final List<TimelineShard> shards;

    public Timelines(
            Storage storage,
            DataKeys keys,
            TimelineAccess access,
            MentionDirectory mentionable,
            InstantSource clock,
            SecureRandom random,
            TimelineLimits limits,
            PageFileConfig pageFile,
            AttachmentSource attachments) {
        this.storage = storage;
        this.access = access;
        this.bodies = new Bodies(keys);
        this.files = new Descriptions(keys);
        this.messages = new MessageReader(bodies, files);
        var cache = new PageCache(limits.pageCacheBytes());
        this.file = new PageFile(pageFile);
        var window = new KeyWindow(limits.rememberedKeys());
        this.shards =
                IntStream.rangeClosed(1, storage.shards())
                        .mapToObj(
                                number ->
                                        new TimelineShard(
                                                number, storage, cache, file, window, messages,
                                                random, clock, limits))
                        .toList();
        this.reader = new TimelineReader(access, shards, bodies, messages);
        this.writer =
                new TimelineWriter(
                        access,
                        reader,
                        bodies,
                        files,
                        attachments,
                        new MentionResolver(mentionable),
                        new MessageIds(random),
                        limits);
    }

    /** Reads the short log and follows it; returns when this server knows every commit that was stored at the call. */
    public void start() throws InterruptedException {
        for (TimelineShard shard : shards) {
            shard.start();
        }
    }

    /** Whether all that is stored is, as far as this server can know, also in its memory. */
    public boolean current() {
        return storage.status().connected()
                && shards.stream().allMatch(shard -> shard.state().alive());
    }

    /**
     * Posts a message. It returns after the message is stored on a quorum of replicas.
     *
     * @param key makes a retry find the first attempt's message, also through another server
     * @throws ChattoException INVALID for a body out of bounds, an unknown {@code replyTo} or {@code threadRoot}, a message to forward
     *     that is not there any more, or files that are not the author's for this room; CONFLICT when a file is another message's already;
     *     FORBIDDEN also for a message to forward that the author may not read; IDEMPOTENCY_KEY_REUSED when the key posted another body;
     *     UNAVAILABLE when the outcome is unknown: retry with the same key
     */
    public Posted post(
            UserId author, RoomId room, NewMessage message, Optional<IdempotencyKey> key) {
        return writer.post(author, room, message, key);
    }

    /** Replaces a message's body; its author may, for three hours. It may be empty where the message carries files. */
    public Edited edit(UserId actor, MessageAddress address, String body) {
        return writer.edit(actor, address, body);
    }

    /** Empties a message; its author and moderators may. Deleting a deleted message does nothing. */
    public void delete(UserId actor, MessageAddress address) {
        writer.delete(actor, address);
    }

    /**
     * Takes a file out of a message; its author and moderators may. A message that is nothing but this file is emptied.
     *
     * @throws ChattoException NOT_FOUND when the message carries no such file, FORBIDDEN
     */
    public void detach(UserId actor, MessageAddress address, AssetId attachment) {
        writer.detach(actor, address, attachment);
    }

    /**
     * A file that a message carries now.
     *
     * @throws ChattoException NOT_FOUND when it carries no such file, or its owner's key was destroyed, FORBIDDEN
     */
    public OwnedFile attachment(UserId viewer, MessageAddress address, AssetId attachment) {
        access.checkRead(viewer, address.timeline().room());
        return TimelineFailures.translating(
                () -> {
                    Entry content = reader.content(address);
                    return content.attachment(attachment)
                            .flatMap(
                                    file ->
                                            files.open(content.author(), file)
                                                    .map(
                                                            shown ->
                                                                    new OwnedFile(
                                                                            content.author(),
                                                                            file,
                                                                            shown)))
                            .orElseThrow(
                                    () ->
                                            ChattoException.notFound(
                                                    "This message carries no such file"));
                });
    }

    /**
     * Adds or removes the actor's reaction; repeating does nothing.
     *
     * @param emoji a Unicode emoji or a custom one as {@code :name:}, or any text to be removed
     */
    public Message react(UserId actor, MessageAddress address, String emoji, boolean present) {
        return writer.react(actor, address, emoji, present);
    }

    /**
     * Who reacted to a message, the earliest first, emoji after emoji.
     *
     * @param emoji only those with this one
     * @param limit how many people, 1 to {@value #PAGE_LIMIT}
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID
     */
    public Slice<ReactionList> reactions(
            UserId viewer,
            MessageAddress address,
            Optional<String> emoji,
            int limit,
            Optional<String> cursor) {
        checkLimit(limit);
        access.checkRead(viewer, address.timeline().room());
        return TimelineFailures.translating(
                () -> Reactions.slice(reader.content(address).reactions(), emoji, limit, cursor));
    }

    /** Pins a message to its room, or takes the pin away; repeating does nothing. */
    public Message pin(UserId actor, MessageAddress address, boolean pinned) {
        return writer.pin(actor, address, pinned);
    }

    /**
     * What is pinned in a room, the newest pin first.
     *
     * @param limit 1 to {@value #PAGE_LIMIT}
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID
     */
    public Slice<Message> pins(UserId viewer, RoomId room, int limit, Optional<String> cursor) {
        checkLimit(limit);
        access.checkRead(viewer, room);
        Optional<PinCursor> after = cursor.map(text -> PinCursor.parse(room, text));
        return TimelineFailures.translating(
                () -> {
                    List<PinnedMessage> pins =
                            reader.state(room).pins(reader.room(room)).board().pins().reversed();
                    int from = after.map(pin -> pin.next(pins)).orElse(0);
                    int to = Math.min(pins.size(), from + limit);
                    return new Slice<>(
                            pins.subList(from, to).stream()
                                    .map(pin -> reader.read(pin.address()))
                                    .toList(),
                            to < pins.size()
                                    ? Optional.of(PinCursor.of(pins.get(to - 1)).toString())
                                    : Optional.empty());
                });
    }

    /**
     * Makes somebody follow a thread, or no longer; repeating does nothing.
     *
     * @param root of the thread, in the main line
     * @return whether the person follows it now
     * @throws ChattoException NOT_FOUND when nobody has replied in a thread yet, CONFLICT when too many follow it
     */
    public boolean follow(UserId actor, MessageAddress root, boolean following) {
        return writer.follow(actor, root, following);
    }

    /**
     * A part of a timeline as it is now.
     *
     * @param limit 1 to {@value #PAGE_LIMIT}
     */
    public MessagePage page(UserId viewer, TimelineId timeline, Position position, int limit) {
        checkLimit(limit);
        access.checkRead(viewer, timeline.room());
        return TimelineFailures.translating(
                () -> {
                    long head = reader.head(timeline);
                    OptionalLong anchor =
                            position instanceof Position.At at
                                    ? reader.firstAt(timeline, at.time(), head)
                                    : OptionalLong.empty();
                    Position place =
                            anchor.isPresent() ? new Position.Around(anchor.getAsLong()) : position;
                    Range range = Range.of(place, limit, head);
                    return new MessagePage(reader.read(timeline, range), head, anchor);
                });
    }

    /** One message as it is now. */
    public Message message(UserId viewer, MessageAddress address) {
        access.checkRead(viewer, address.timeline().room());
        return TimelineFailures.translating(() -> reader.readCertain(address));
    }

    @Override
    public long head(RoomId room) {
        return reader.state(room).find(room).map(RoomState::head).orElse(-1L);
    }

    @Override
    public Optional<Instant> lastActivity(RoomId room) {
        return reader.state(room)
                .find(room)
                .map(RoomState::lastAtMillis)
                .filter(at -> at > 0)
                .map(Instant::ofEpochMilli);
    }

    @Override
    public long head(RoomId room, long expected) {
        long known = head(room);
        if (known >= expected) {
            return known;
        }
        return TimelineFailures.translating(
                () -> {
                    RoomState state = reader.room(room);
                    reader.state(room).catchUp(state);
                    return reader.state(room).tip(state).head();
                });
    }

    /** Registers for all changes from now on. @return ends the registration */
    public Runnable listen(TimelineListener listener) {
        List<Runnable> registrations = new ArrayList<>();
        shards.forEach(shard -> registrations.add(shard.fanOut().listen(listener)));
        return () -> registrations.forEach(Runnable::run);
    }

    /** What happens in a shard's rooms, for a reader that must not miss anything. */
    public ActivityFeed activity(int shard) {
        return new ActivityFeed(shard(shard).state());
    }

    /** What all messages of a shard say, for a reader that keeps a copy of it on this server. */
    public ContentFeed contents(int shard) {
        return new ContentFeed(shard(shard).state(), bodies, messages);
    }

    /** What becomes of files in a shard's rooms, for a reader that must not miss anything. */
    public AttachmentFeed files(int shard) {
        return new AttachmentFeed(shard(shard).state());
    }

    /** Where a client that has just loaded everything stands. */
    public Cursor cursor(int shard) {
        return new Cursor(shard, shard(shard).fanOut().position(), Integer.MAX_VALUE);
    }

    /** How many shards there are; they are numbered from 1. */
    public int shards() {
        return shards.size();
    }

    /** Identifies the history that cursors of this shard belong to. */
    public String incarnation(int shard) {
        return shard(shard).state().log().incarnation();
    }

    /** What happened in some rooms after a cursor. */
    public Resumption resume(Cursor after, Set<RoomId> rooms) {
        return TimelineFailures.translating(
                () -> {
                    try {
                        return shard(after.shard()).fanOut().resume(after, rooms, RESUME_LIMIT);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return new Resumption.Expired();
                    }
                });
    }

    @Override
    public void close() {
        shards.reversed().forEach(TimelineShard::close);
        file.close();
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > PAGE_LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + PAGE_LIMIT);
        }
    }

    private TimelineShard shard(int number) {
        return shards.get(number - 1);
    }
}
