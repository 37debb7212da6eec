package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.Slice;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomHeads;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.SlowMode;
import chat.chatto.kms.DataKeys;
import chat.chatto.storage.Storage;
import chat.chatto.storage.StorageException;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final MentionResolver mentions;
    private final TimelineReader reader;
    private final MessageIds ids;
    private final TimelineLimits limits;
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
            PageFileConfig pageFile) {
        this.storage = storage;
        this.access = access;
        this.bodies = new Bodies(keys);
        this.mentions = new MentionResolver(mentionable);
        this.ids = new MessageIds(random);
        this.limits = limits;
        var messages = new MessageReader(bodies);
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
     * @throws ChattoException INVALID for a body out of bounds, an unknown {@code replyTo} or {@code threadRoot}, or a message to forward
     *     that is not there any more; FORBIDDEN also for one that the author may not read; IDEMPOTENCY_KEY_REUSED when the key posted
     *     another body; UNAVAILABLE when the outcome is unknown: retry with the same key
     */
    public Posted post(
            UserId author, RoomId room, NewMessage message, Optional<IdempotencyKey> key) {
        access.check(
                author,
                room,
                message.threadRoot().isPresent() ? TimelineAction.REPLY : TimelineAction.POST);
        boolean carries = message.forward().isPresent();
        if (!carries || !message.body().isEmpty()) {
            checkBody(message.body());
        }
        if (message.alsoToRoom() && message.threadRoot().isEmpty()) {
            throw ChattoException.invalid(
                    "alsoToRoom", "is for replies in a thread: name its threadRoot, too");
        }
        if (message.alsoToRoom()) {
            access.check(author, room, TimelineAction.ECHO);
        }
        SlowMode.Turn turn = access.takeTurn(author, room, attempt(message, key));
        try {
            Posted posted = commit(author, room, message, key);
            if (posted.repeated()) {
                turn.withdraw();
            }
            return posted;
        } catch (ChattoException e) {
            if (e.code() != ErrorCode.UNAVAILABLE) { // then it may have been posted
                turn.withdraw();
            }
            throw e;
        }
    }

    /** A key counts within its timeline, so the same key elsewhere is another message. */
    private static Optional<String> attempt(NewMessage message, Optional<IdempotencyKey> key) {
        OptionalLong root = message.threadRoot();
        String place = root.isPresent() ? root.getAsLong() + " " : "";
        return key.map(given -> place + given.value());
    }

    private Posted commit(
            UserId author, RoomId room, NewMessage message, Optional<IdempotencyKey> key) {
        return guarded(
                () -> {
                    String id = ids.next();
                    Optional<Forwarded> copied =
                            message.forward().map(source -> original(author, source));
                    Operation.Outcome outcome =
                            write(room, operation(author, room, id, message, copied, key));
                    return outcome.repeated()
                            ? new Posted(reader.read(outcome.address()), true)
                            : new Posted(posted(outcome, message, copied), false);
                });
    }

    private Operation.Post operation(
            UserId author,
            RoomId room,
            String id,
            NewMessage message,
            Optional<Forwarded> copied,
            Optional<IdempotencyKey> key) {
        String body = message.body();
        return new Operation.Post(
                author,
                new TimelineId(room, message.threadRoot()),
                id,
                body.isEmpty() ? Event.NOTHING : bodies.seal(author, room, id, body),
                message.replyTo(),
                key.map(IdempotencyKey::value).orElse(""),
                mentions.resolve(body),
                message.alsoToRoom() ? Optional.of(ids.next()) : Optional.empty(),
                copied.map(original -> sealed(original, room, id)),
                (_, entry) ->
                        bodies.open(room, entry).equals(body)
                                && source(entry).equals(copied.map(Forwarded::source)));
    }

    private static Optional<MessageAddress> source(Entry entry) {
        return entry.forward().map(Forward::source);
    }

    private Forward sealed(Forwarded original, RoomId room, String carrierId) {
        return new Forward(
                original.source(),
                original.author(),
                original.createdAt().toEpochMilli(),
                bodies.sealCopy(original.author(), room, carrierId, original.body()));
    }

    /** What is to be copied of a message; of one that only carries a copy itself, that. */
    private Forwarded original(UserId reader, MessageAddress source) {
        access.checkRead(reader, source.timeline().room());
        Message message;
        try {
            message = this.reader.readCertain(source);
        } catch (ChattoException e) {
            throw e.code() == ErrorCode.NOT_FOUND
                    ? ChattoException.invalid("forward", "names a message that does not exist")
                    : e;
        }
        if (message.body().isEmpty()) {
            return message.forwarded()
                    .filter(copy -> !copy.body().isEmpty())
                    .orElseThrow(
                            () ->
                                    ChattoException.invalid(
                                            "forward", "names a message that was deleted"));
        }
        MessageAddress original =
                message.echoOf()
                        .map(
                                of ->
                                        new MessageAddress(
                                                TimelineId.thread(
                                                        source.timeline().room(), of.threadRoot()),
                                                of.ordinal()))
                        .orElse(source);
        return new Forwarded(original, message.author(), message.createdAt(), message.body());
    }

    private static Message posted(
            Operation.Outcome outcome, NewMessage message, Optional<Forwarded> copied) {
        Entry entry = Entry.of(outcome.posted().orElseThrow(), 0);
        return MessageReader.message(
                outcome.address(), entry, entry, message.body(), copied.map(Forwarded::body));
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
                                    mentions.resolve(body));
                    return reader.read(write(room, edit).address());
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
     * @param emoji a Unicode emoji or a custom one as {@code :name:}, or any text to be removed
     */
    public Message react(UserId actor, MessageAddress address, String emoji, boolean present) {
        RoomId room = address.timeline().room();
        if (present) {
            access.check(actor, room, TimelineAction.REACT);
            access.checkEmoji(emoji);
        } else {
            access.checkWrite(actor, room);
        }
        return guarded(
                () -> {
                    var react = new Operation.React(actor, address, emoji, present);
                    return reader.read(write(room, react).address());
                });
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
        return guarded(
                () -> Reactions.slice(reader.content(address).reactions(), emoji, limit, cursor));
    }

    /** Pins a message to its room, or takes the pin away; repeating does nothing. */
    public Message pin(UserId actor, MessageAddress address, boolean pinned) {
        RoomId room = address.timeline().room();
        access.check(actor, room, TimelineAction.PIN);
        return guarded(
                () ->
                        reader.read(
                                write(room, new Operation.Pin(actor, address, pinned)).address()));
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
        return guarded(
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
        RoomId room = root.timeline().room();
        access.checkRead(actor, room);
        guarded(() -> write(room, new Operation.Follow(actor, root, following)));
        return following;
    }

    /**
     * A part of a timeline as it is now.
     *
     * @param limit 1 to {@value #PAGE_LIMIT}
     */
    public MessagePage page(UserId viewer, TimelineId timeline, Position position, int limit) {
        checkLimit(limit);
        access.checkRead(viewer, timeline.room());
        return guarded(
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
        return guarded(() -> reader.readCertain(address));
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
        return guarded(
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

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > PAGE_LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + PAGE_LIMIT);
        }
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
        TimelineShard shard = reader.shard(room);
        if (shard.state().unfoldedBytes() > limits.unfoldedBytes()) {
            throw ChattoException.unavailable(
                    Duration.ofSeconds(5),
                    "Too much was written lately and is still being filed: retry soon",
                    null);
        }
        return shard.sequencer(room).execute(operation);
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
