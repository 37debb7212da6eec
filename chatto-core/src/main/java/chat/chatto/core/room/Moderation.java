package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Names;
import chat.chatto.core.Slice;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredBan;

import jakarta.inject.Inject;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Decides over others' belonging to channels: adds people, removes them, and keeps them out. Safe for use by many threads. */
public final class Moderation {

    /** The most bytes of a reason. */
    public static final int REASON_BYTES = 1_000;

    /** The most bans at once in a list. */
    public static final int LIMIT = 100;

    /** How many bans at once where nobody asks for a number. */
    public static final int DEFAULT_LIMIT = 50;

    /** The most people that are kept out of one room. */
    static final int BANS = 10_000;

    private final ServerBucket server;
    private final RoomDirectory directory;
    private final RoomAccess access;
    private final UserDirectory users;
    private final Memberships memberships;
    private final InstantSource clock;

    @Inject
    public Moderation(
            ServerBucket server,
            RoomDirectory directory,
            RoomAccess access,
            UserDirectory users,
            ReadMarker readMarker,
            RoomHeads heads,
            InstantSource clock) {
        this.server = server;
        this.directory = directory;
        this.access = access;
        this.users = users;
        this.memberships = new Memberships(server, directory, readMarker, heads, clock);
        this.clock = clock;
    }

    /**
     * Makes somebody belong to a room, also to one that is hidden from them; nothing happens when they do already.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN also for a person who is banned, ARCHIVED, UNAVAILABLE
     */
    public Room add(UserId actor, RoomId id, UserId user) {
        Room room = channel(actor, id, "changed");
        access.check(actor, RoomAction.MANAGE, id);
        checkAccount(user);
        if (directory.isMember(id, user)) {
            return room;
        }
        RoomRules.checkOpen(room);
        memberships.join(actor, user, id);
        return directory.require(id);
    }

    /**
     * Makes somebody no longer belong to a room; they may join again.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID, CONFLICT for a universal room, UNAVAILABLE
     */
    public void remove(UserId actor, RoomId id, UserId user, String reason) {
        Room room = channel(actor, id, "changed");
        checkBan(actor, id, user);
        checkReason(reason);
        if (room.universal()) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT,
                    "Everybody belongs to this room: only a ban keeps somebody out of it");
        }
        memberships.remove(actor, user, id, reason);
    }

    /**
     * Makes somebody no longer belong to a room, and keeps them out; a ban that they have already is replaced.
     *
     * @param expiresAt when the ban ends by itself; empty for never
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID, CONFLICT when too many are banned, UNAVAILABLE
     */
    public Ban ban(
            UserId actor, RoomId id, UserId user, String reason, Optional<Instant> expiresAt) {
        channel(actor, id, "changed");
        checkBan(actor, id, user);
        checkReason(reason);
        checkAccount(user);
        Instant now = clock.instant();
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
            throw ChattoException.invalid("expiresAt", "must be in the future");
        }
        if (directory.bans().current(id).size() >= BANS) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT,
                    BANS + " people are banned from this room, which is the most: lift a ban");
        }
        var ban = new Ban(user, actor, reason, now, expiresAt);
        memberships.ban(user, id, stored(ban));
        return ban;
    }

    /**
     * Ends a ban; the person may join again. Nothing happens for one who is not banned.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, UNAVAILABLE
     */
    public void unban(UserId actor, RoomId id, UserId user) {
        channel(actor, id, "changed");
        access.check(actor, RoomAction.BAN, id);
        memberships.unban(user, id);
    }

    /**
     * The bans of a room that hold, in the order of the people's ids.
     *
     * @param limit 1 to {@value #LIMIT}
     * @param cursor from the former part of the list; empty for the first one
     * @throws ChattoException NOT_FOUND, FORBIDDEN, INVALID, UNAVAILABLE
     */
    public Slice<Ban> bans(UserId actor, RoomId id, int limit, Optional<String> cursor) {
        channel(actor, id, "moderated");
        access.check(actor, RoomAction.BAN, id);
        if (limit < 1 || limit > LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + LIMIT);
        }
        String after = cursor.orElse("");
        List<UserId> banned =
                directory.bans().current(id).stream()
                        .map(Bans.Row::user)
                        .filter(user -> user.value().compareTo(after) > 0)
                        .limit(limit + 1L)
                        .toList();
        List<UserId> part = banned.subList(0, Math.min(limit, banned.size()));
        return new Slice<>(
                part.stream().flatMap(user -> find(id, user).stream()).toList(),
                banned.size() > limit ? Optional.of(part.getLast().value()) : Optional.empty());
    }

    private Optional<Ban> find(RoomId room, UserId user) {
        return server.read(RoomDirectory.banKey(room, user))
                .map(entry -> Records.parse(StoredBan.parser(), entry.value()))
                .map(stored -> ban(user, stored));
    }

    private Room channel(UserId actor, RoomId id, String what) {
        Room room = directory.require(id);
        if (!access.maySee(actor, room)) {
            access.checkRead(actor, id);
        }
        RoomRules.checkChannel(room, what);
        return room;
    }

    private void checkBan(UserId actor, RoomId room, UserId user) {
        access.check(actor, RoomAction.BAN, room);
        if (users.owner(user)) {
            throw ChattoException.forbidden("Nobody can keep an owner out of a room");
        }
    }

    private void checkAccount(UserId user) {
        if (!users.certainlyActive(user)) {
            throw ChattoException.invalid("userId", "is not the id of an account");
        }
    }

    private static void checkReason(String reason) {
        Names.checkBytes("reason", reason, REASON_BYTES);
        Names.checkText("reason", reason);
    }

    private static StoredBan stored(Ban ban) {
        return StoredBan.newBuilder()
                .setFormat(FORMAT)
                .setBannedBy(ban.bannedBy().value())
                .setReason(ban.reason())
                .setBannedAtMillis(ban.bannedAt().toEpochMilli())
                .setExpiresAtMillis(ban.expiresAt().map(Instant::toEpochMilli).orElse(0L))
                .build();
    }

    private static Ban ban(UserId user, StoredBan stored) {
        return new Ban(
                user,
                new UserId(stored.getBannedBy()),
                stored.getReason(),
                Instant.ofEpochMilli(stored.getBannedAtMillis()),
                Optional.of(stored.getExpiresAtMillis())
                        .filter(at -> at != 0)
                        .map(Instant::ofEpochMilli));
    }
}
