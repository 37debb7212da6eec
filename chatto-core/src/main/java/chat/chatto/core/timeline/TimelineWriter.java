package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.AttachmentSource;
import chat.chatto.core.asset.Claim;
import chat.chatto.core.asset.Descriptions;
import chat.chatto.core.asset.SealedFile;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.SlowMode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Writes into the timelines of all rooms what people may write there. Safe for use by many threads. */
final class TimelineWriter {

    private final TimelineAccess access;
    private final TimelineReader reader;
    private final Bodies bodies;
    private final Descriptions files;
    private final AttachmentSource attachments;
    private final MentionResolver mentions;
    private final MessageIds ids;
    private final TimelineLimits limits;

    TimelineWriter(
            TimelineAccess access,
            TimelineReader reader,
            Bodies bodies,
            Descriptions files,
            AttachmentSource attachments,
            MentionResolver mentions,
            MessageIds ids,
            TimelineLimits limits) {
        this.access = access;
        this.reader = reader;
        this.bodies = bodies;
        this.files = files;
        this.attachments = attachments;
        this.mentions = mentions;
        this.ids = ids;
        this.limits = limits;
    }

    /** As {@link Timelines#post}. */
    Posted post(UserId author, RoomId room, NewMessage message, Optional<IdempotencyKey> key) {
        access.check(
                author,
                room,
                message.threadRoot().isPresent() ? TimelineAction.REPLY : TimelineAction.POST);
        boolean carries = message.forward().isPresent() || !message.attachments().isEmpty();
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
        checkAttachments(author, room, message.attachments());
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

    private void checkAttachments(UserId author, RoomId room, List<AssetId> named) {
        if (named.isEmpty()) {
            return;
        }
        access.check(author, room, TimelineAction.ATTACH);
        if (named.size() > NewMessage.ATTACHMENTS || Set.copyOf(named).size() < named.size()) {
            throw ChattoException.invalid(
                    "attachments",
                    "must name at most " + NewMessage.ATTACHMENTS + " files, each once");
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
        String id = ids.next();
        Claim claim =
                attachments.claim(
                        author, room, message.attachments(), attempt(message, key).orElse(id));
        try {
            return TimelineFailures.translating(
                    () -> commit(author, room, id, message, claim, key));
        } catch (ChattoException e) {
            if (e.code() != ErrorCode.UNAVAILABLE) { // then the files may have been posted
                attachments.release(claim);
            }
            throw e;
        }
    }

    private Posted commit(
            UserId author,
            RoomId room,
            String id,
            NewMessage message,
            Claim claim,
            Optional<IdempotencyKey> key) {
        Addressees addressees = mentions.resolve(message.body());
        Original original = original(author, message);
        Operation.Outcome outcome =
                write(room, operation(author, room, id, message, addressees, original, claim, key));
        return new Posted(
                outcome.repeated()
                        ? reader.read(outcome.address())
                        : posted(outcome, message, original.copied()),
                outcome.repeated(),
                unreached(room, addressees));
    }

    private Operation.Post operation(
            UserId author,
            RoomId room,
            String id,
            NewMessage message,
            Addressees addressees,
            Original original,
            Claim claim,
            Optional<IdempotencyKey> key) {
        String body = message.body();
        return new Operation.Post(
                author,
                new TimelineId(room, message.threadRoot()),
                id,
                body.isEmpty() ? Event.NOTHING : bodies.seal(author, room, id, body),
                message.replyTo(),
                key.map(IdempotencyKey::value).orElse(""),
                addressees.mentions(),
                message.alsoToRoom() ? Optional.of(ids.next()) : Optional.empty(),
                original.copied().map(copy -> sealed(copy, room, id)),
                claim,
                (_, entry) ->
                        bodies.open(room, entry).equals(body)
                                && original.in(entry)
                                && carriesOnly(entry, message.attachments()),
                original.missing());
    }

    /** Files of what was posted may have been removed since. */
    private static boolean carriesOnly(Entry entry, List<AssetId> named) {
        return entry.attachments().stream().map(SealedFile::id).allMatch(named::contains);
    }

    /** Whom a message calls that is not notified of it. */
    private List<UnreachedMention> unreached(RoomId room, Addressees addressees) {
        if (addressees.names().isEmpty() && addressees.unknown().isEmpty()) {
            return List.of();
        }
        Stream<UnreachedMention> unknown =
                addressees.unknown().stream()
                        .map(name -> new UnreachedMention(name, UnreachedMention.Reason.UNKNOWN));
        Stream<UnreachedMention> elsewhere =
                addressees.names().entrySet().stream()
                        .filter(named -> !access.mayRead(named.getKey(), room))
                        .map(
                                named ->
                                        new UnreachedMention(
                                                named.getValue(),
                                                UnreachedMention.Reason.NOT_IN_ROOM));
        return Stream.concat(unknown, elsewhere).toList();
    }

    /**
     * What a message forwards.
     *
     * @param missing why what it asks for cannot be forwarded now
     */
    private record Original(Optional<Forwarded> copied, Optional<ChattoException> missing) {

        /** Whether a stored message carries it. Of what is missing, nobody can tell what it was. */
        boolean in(Entry entry) {
            return missing.isPresent()
                    ? entry.forward().isPresent()
                    : entry.forward().map(Forward::source).equals(copied.map(Forwarded::source));
        }
    }

    /** A retry must find what the first attempt posted, also when the original was deleted since. */
    private Original original(UserId author, NewMessage message) {
        try {
            return new Original(
                    message.forward().map(source -> original(author, source)), Optional.empty());
        } catch (ChattoException missing) {
            if (missing.code() == ErrorCode.UNAVAILABLE) {
                throw missing;
            }
            return new Original(Optional.empty(), Optional.of(missing));
        }
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
        if (message.body().isEmpty() && !message.attachments().isEmpty()) {
            throw ChattoException.invalid(
                    "forward", "names a message of files only, and files are not carried along");
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

    private Message posted(
            Operation.Outcome outcome, NewMessage message, Optional<Forwarded> copied) {
        Entry entry = Entry.of(outcome.posted().orElseThrow(), 0);
        return MessageReader.message(
                outcome.address(),
                entry,
                entry,
                message.body(),
                copied.map(Forwarded::body),
                files.open(entry.author(), entry.attachments()));
    }

    /** As {@link Timelines#edit}. */
    Edited edit(UserId actor, MessageAddress address, String body) {
        RoomId room = address.timeline().room();
        access.checkWrite(actor, room);
        if (!body.isEmpty()) {
            checkBody(body);
        }
        return TimelineFailures.translating(
                () -> {
                    Addressees addressees = mentions.resolve(body);
                    var edit =
                            new Operation.Edit(
                                    actor,
                                    address,
                                    messageId -> bodies.seal(actor, room, messageId, body),
                                    4 * body.length(),
                                    addressees.mentions());
                    return new Edited(
                            reader.read(write(room, edit).address()), unreached(room, addressees));
                });
    }

    /** As {@link Timelines#delete}. */
    void delete(UserId actor, MessageAddress address) {
        RoomId room = address.timeline().room();
        access.checkWrite(actor, room);
        boolean moderator = access.mayModerate(actor, room);
        TimelineFailures.translating(
                () -> write(room, new Operation.Delete(actor, address, moderator)));
    }

    /** As {@link Timelines#detach}. */
    void detach(UserId actor, MessageAddress address, AssetId attachment) {
        RoomId room = address.timeline().room();
        access.checkWrite(actor, room);
        boolean moderator = access.mayModerate(actor, room);
        TimelineFailures.translating(
                () -> write(room, new Operation.Detach(actor, address, attachment, moderator)));
    }

    /** As {@link Timelines#react}. */
    Message react(UserId actor, MessageAddress address, String emoji, boolean present) {
        RoomId room = address.timeline().room();
        if (present) {
            access.check(actor, room, TimelineAction.REACT);
            access.checkEmoji(emoji);
        } else {
            access.checkWrite(actor, room);
        }
        return TimelineFailures.translating(
                () -> {
                    var react = new Operation.React(actor, address, emoji, present);
                    return reader.read(write(room, react).address());
                });
    }

    /** As {@link Timelines#pin}. */
    Message pin(UserId actor, MessageAddress address, boolean pinned) {
        RoomId room = address.timeline().room();
        access.check(actor, room, TimelineAction.PIN);
        return TimelineFailures.translating(
                () ->
                        reader.read(
                                write(room, new Operation.Pin(actor, address, pinned)).address()));
    }

    /** As {@link Timelines#follow}. */
    boolean follow(UserId actor, MessageAddress root, boolean following) {
        RoomId room = root.timeline().room();
        access.checkRead(actor, room);
        TimelineFailures.translating(
                () -> write(room, new Operation.Follow(actor, root, following)));
        return following;
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
}
