package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomHeads;
import chat.chatto.core.room.RoomId;
import chat.chatto.kms.DataKeys;
import chat.chatto.storage.Storage;
import chat.chatto.storage.StorageException;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
    private final MessageIds ids;
    private final TimelineLimits limits;
    private final Storage storage;
    private final PageFile file;
    private final List<TimelineShard> shards;

    public Timelines(
            Storage storage,
            DataKeys keys,
            TimelineAccess access,
            InstantSource clock,
            SecureRandom random,
            TimelineLimits limits,
            PageFileConfig pageFile) {
        this.storage = storage;
        this.access = access;
        this.bodies = new Bodies(keys);
        this.messages = new MessageReader(bodies);
        this.ids = new MessageIds(random);
        this.limits = limits;
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
     * @throws ChattoException INVALID for a body out of bounds or an unknown {@code replyTo} or {@code threadRoot};
     *     IDEMPOTENCY_KEY_REUSED when the key posted another body; UNAVAILABLE when the outcome is unknown: retry with the same key
     */
    public Posted post(
            UserId author, RoomId room, NewMessage message, Optional<IdempotencyKey> key) {
        access.check(
                author,
                room,
                message.threadRoot().isPresent() ? TimelineAction.REPLY : TimelineAction.POST);
        checkBody(message.body());
        if (message.alsoToRoom()) {
            throw ChattoException.invalid(
                    "alsoToRoom", "is not offered yet: post to the room separately");
        }
        TimelineId timeline = new TimelineId(room, message.threadRoot());
        String id = ids.next();
        return guarded(
                () -> {
                    var post =
                            new Operation.Post(
                                    author,
                                    timeline,
                                    id,
                                    bodies.seal(author, room, id, message.body()),
                                    message.replyTo(),
                                    key.map(IdempotencyKey::value).orElse(""),
                                    Mentions.NONE,
                                    Optional.empty(),
                                    Optional.empty(),
                                    (_, entry) -> bodies.open(room, entry).equals(message.body()));
                    Operation.Outcome outcome = write(room, post);
                    return outcome.repeated()
                            ? new Posted(read(outcome.address()), true)
                            : new Posted(posted(outcome, message), false);
                });
    }

    private static Message posted(Operation.Outcome outcome, NewMessage message) {
        Entry entry = Entry.of(outcome.posted().orElseThrow(), 0);
        return MessageReader.message(
                outcome.address(), entry, entry, message.body(), Optional.empty());
    }

    /** Replaces a message's body; its author may, for three hours. */
    public Message edit(UserId actor, MessageAddress address, String body) {
        RoomId room = address.timeline().room();
        access.checkWrite(actor, room);
        checkBody(body);
        return guarded(
                () -> {
                    var edit =
                            new Operation.Edit(
                                    actor,
                                    address,
                                    messageId -> bodies.seal(actor, room, messageId, body),
                                    4 * body.length(),
                                    Mentions.NONE);
                    return read(write(room, edit).address());
                });
    }

    /** Empties a message; its author and moderators may. Deleting a deleted message does nothing. */
    public void delete(UserId actor, MessageAddress address) {
        RoomId room = address.timeline().room();
        access.checkWrite(actor, room);
        boolean moderator = access.mayModerate(actor, room);
        guarded(() -> write(room, new Operation.Delete(actor, address, moderator)));
    }

    /**
     * Adds or removes the actor's reaction; repeating does nothing.
     *
     * @param emoji one Unicode emoji
     */
    public Message react(UserId actor, MessageAddress address, String emoji, boolean present) {
        RoomId room = address.timeline().room();
        if (present) {
            access.check(actor, room, TimelineAction.REACT);
        } else {
            access.checkWrite(actor, room);
        }
        Emoji.check(emoji);
        return guarded(
                () ->
                        read(
                                write(room, new Operation.React(actor, address, emoji, present))
                                        .address()));
    }

    /**
     * A part of a timeline as it is now.
     *
     * @param limit 1 to {@value #PAGE_LIMIT}
     */
    public MessagePage page(UserId reader, TimelineId timeline, Position position, int limit) {
        if (limit < 1 || limit > PAGE_LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + PAGE_LIMIT);
        }
        access.checkRead(reader, timeline.room());
        return guarded(
                () -> {
                    long head = timelineHead(timeline);
                    return new MessagePage(read(timeline, Range.of(position, limit, head)), head);
                });
    }

    /** One message as it is now. */
    public Message message(UserId reader, MessageAddress address) {
        access.checkRead(reader, address.timeline().room());
        return guarded(
                () -> {
                    if (address.ordinal() > timelineHead(address.timeline())) {
                        state(address.timeline().room())
                                .catchUp(roomState(address.timeline().room()));
                    }
                    return read(address);
                });
    }

    @Override
    public long head(RoomId room) {
        return state(room).find(room).map(RoomState::head).orElse(-1L);
    }

    @Override
    public long head(RoomId room, long expected) {
        long known = head(room);
        if (known >= expected) {
            return known;
        }
        return guarded(
                () -> {
                    RoomState state = roomState(room);
                    state(room).catchUp(state);
                    return state(room).tip(state).head();
                });
    }

    /** Registers for all changes from now on. @return ends the registration */
    public Runnable listen(TimelineListener listener) {
        List<Runnable> registrations = new ArrayList<>();
        shards.forEach(shard -> registrations.add(shard.fanOut().listen(listener)));
        return () -> registrations.forEach(Runnable::run);
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
        return guarded(
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

    private static void checkBody(String body) {
        int characters = body.codePointCount(0, body.length());
        if (body.isBlank() || characters > NewMessage.BODY_CHARACTERS) {
            throw ChattoException.invalid(
                    "body",
                    "must be 1 to "
                            + NewMessage.BODY_CHARACTERS
                            + " characters, not only white space");
        }
    }

    private Operation.Outcome write(RoomId room, Operation operation) {
        TimelineShard shard = shard(access.shard(room));
        if (shard.state().unfoldedBytes() > limits.unfoldedBytes()) {
            throw ChattoException.unavailable(
                    Duration.ofSeconds(5),
                    "Too much was written lately and is still being filed: retry soon",
                    null);
        }
        return shard.sequencer(room).execute(operation);
    }

    /** Where a timeline ends; every page read afterwards reaches that far. */
    private long timelineHead(TimelineId timeline) {
        RoomState room = roomState(timeline.room());
        if (!timeline.isThread()) {
            return state(timeline.room()).tip(room).head();
        }
        return entry(timeline.root())
                .map(root -> root.replies() - 1)
                .orElseThrow(() -> Operation.noSuchMessage(timeline.root()));
    }

    private List<Message> read(TimelineId timeline, Range range) {
        List<Message> read = new ArrayList<>(range.size());
        long ordinal = range.first();
        while (ordinal <= range.last()) {
            Page page = page(new MessageAddress(timeline, ordinal), range.last());
            bodies.prepare(page.entries());
            long last = Math.min(range.last(), page.key().firstOrdinal() + PageKey.SIZE - 1);
            ShownReplies shown =
                    ShownReplies.of(
                            state(timeline.room()),
                            timeline.room(),
                            page.entries().subList(PageKey.slot(ordinal), PageKey.slot(last) + 1));
            for (; ordinal <= last; ordinal++) {
                Entry entry = page.entry(ordinal).orElseThrow();
                read.add(
                        messages.read(
                                new MessageAddress(timeline, ordinal),
                                entry,
                                shown.contentOf(entry)));
            }
        }
        return read;
    }

    /** The page of a message that exists, with all its messages up to an ordinal. */
    private Page page(MessageAddress address, long last) {
        PageKey key = PageKey.of(address);
        long needed = Math.min(last, key.firstOrdinal() + PageKey.SIZE - 1);
        Shard shard = state(address.timeline().room());
        Page page = shard.page(key).page();
        if (page.entry(needed).isEmpty()) {
            // The thread's root was read from a document that is ahead of what this server has
            // heard of.
            shard.catchUp(shard.room(address.timeline().room()));
            page = shard.page(key).page();
        }
        if (page.entry(needed).isEmpty()) {
            throw new DamagedException(
                    "Message " + needed + " is missing in page " + key.documentKey());
        }
        return page;
    }

    private Message read(MessageAddress address) {
        Entry entry = entry(address).orElseThrow(() -> Operation.noSuchMessage(address));
        RoomId room = address.timeline().room();
        ShownReplies shown = ShownReplies.of(state(room), room, List.of(entry));
        return messages.read(address, entry, shown.contentOf(entry));
    }

    private Optional<Entry> entry(MessageAddress address) {
        roomState(address.timeline().room());
        return state(address.timeline().room())
                .page(PageKey.of(address))
                .page()
                .entry(address.ordinal());
    }

    private RoomState roomState(RoomId id) {
        RoomState room = state(id).room(id);
        room.damage()
                .ifPresent(
                        why -> {
                            throw new DamagedException("The room's history is damaged: " + why);
                        });
        return room;
    }

    private Shard state(RoomId room) {
        return shard(access.shard(room)).state();
    }

    private TimelineShard shard(int number) {
        return shards.get(number - 1);
    }

    private static <T> T guarded(Supplier<T> action) {
        try {
            return action.get();
        } catch (StorageException e) {
            throw ChattoException.unavailable(
                    Duration.ofSeconds(1), "Storage does not answer: retry in a moment", e);
        } catch (DamagedException e) {
            throw ChattoException.of(
                    ErrorCode.HISTORY_DAMAGED,
                    "What is stored of this room is damaged: ask an operator to run 'chatto doctor"
                            + " --verify'");
        }
    }
}
