package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredBan;
import chat.chatto.core.stored.v1.StoredMembership;
import chat.chatto.core.stored.v1.StoredMembershipState;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes who belongs to which room, and who must not. A ban always writes the membership too: so of a ban and a join at once, on whatever
 * servers, the later one sees the other. Safe for use by many threads.
 */
final class Memberships {

    private static final int ATTEMPTS = 8;

    /** How many bans that have run out a new one clears away. */
    private static final int CLEARED = 8;

    private final ServerBucket server;
    private final RoomDirectory directory;
    private final ReadMarker readMarker;
    private final RoomHeads heads;
    private final InstantSource clock;

    Memberships(
            ServerBucket server,
            RoomDirectory directory,
            ReadMarker readMarker,
            RoomHeads heads,
            InstantSource clock) {
        this.server = server;
        this.directory = directory;
        this.readMarker = readMarker;
        this.heads = heads;
        this.clock = clock;
    }

    /** The membership of who makes a room, as a part of making it. */
    Write first(RoomId room, UserId user) {
        return new Write.Create(
                RoomDirectory.memberKey(room, user),
                membership(StoredMembershipState.STORED_MEMBERSHIP_STATE_JOINED)
                        .build()
                        .toByteArray());
    }

    /**
     * @param by who makes the person belong to the room
     * @throws ChattoException FORBIDDEN for a person who is banned
     */
    void join(UserId by, UserId user, RoomId room) {
        // First of all: a member for whom everything is unread would be worse than a mark without a
        // member.
        readMarker.markRead(user, room, heads.head(room));
        StoredMembership.Builder joined =
                membership(StoredMembershipState.STORED_MEMBERSHIP_STATE_JOINED);
        if (!by.equals(user)) {
            joined.setChangedBy(by.value());
        }
        change(
                user,
                room,
                joined.build(),
                () -> {
                    checkNotBanned(user, room, by.equals(user));
                    return List.of();
                });
    }

    void leave(UserId user, RoomId room) {
        change(
                user,
                room,
                membership(StoredMembershipState.STORED_MEMBERSHIP_STATE_LEFT).build(),
                List::of);
    }

    /** As leaving, by somebody else's decision. */
    void remove(UserId by, UserId user, RoomId room, String reason) {
        change(user, room, removed(by, reason), List::of);
    }

    /** Ends a membership and keeps the person out from now on. */
    void ban(UserId user, RoomId room, StoredBan ban) {
        change(
                user,
                room,
                removed(new UserId(ban.getBannedBy()), ban.getReason()),
                () -> {
                    List<Write> writes = new ArrayList<>();
                    directory.bans().expired(room, CLEARED).stream()
                            .filter(other -> !other.equals(user))
                            .flatMap(other -> expired(RoomDirectory.banKey(room, other)).stream())
                            .forEach(writes::add);
                    writes.add(new Write.Put(RoomDirectory.banKey(room, user), ban.toByteArray()));
                    return writes;
                });
    }

    /** Lets a person in again who then may join; nothing happens for one who is not banned. */
    void unban(UserId user, RoomId room) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> ban = server.read(RoomDirectory.banKey(room, user));
            if (ban.isEmpty()) {
                return;
            }
            try {
                server.transact(List.of(new Write.Remove(ban.get().key(), ban.get().revision())));
                return;
            } catch (ConflictException _) {
                // Somebody else changed the ban: look again.
            }
        }
        throw busy();
    }

    /** @param together what else is to be written, looked for after the membership was read; something only for what must be written */
    private void change(
            UserId user, RoomId room, StoredMembership changed, Supplier<List<Write>> together) {
        String key = RoomDirectory.memberKey(room, user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = server.read(key);
            List<Write> writes = new ArrayList<>(together.get());
            if (writes.isEmpty() && state(entry) == changed.getState()) {
                entry.ifPresent(present -> server.awaitApplied(present.revision()));
                return;
            }
            byte[] value = changed.toByteArray();
            writes.add(
                    entry.<Write>map(former -> new Write.Update(key, value, former.revision()))
                            .orElseGet(() -> new Write.Create(key, value)));
            try {
                server.transact(writes);
                return;
            } catch (ConflictException _) {
                // The same person joins, leaves or is banned elsewhere: look again.
            }
        }
        throw busy();
    }

    private void checkNotBanned(UserId user, RoomId room, boolean self) {
        boolean banned =
                server.read(RoomDirectory.banKey(room, user)).filter(this::holds).isPresent();
        if (banned) {
            throw ChattoException.forbidden(
                    self
                            ? "You are banned from this room"
                            : "This person is banned from the room: lift the ban first");
        }
    }

    private boolean holds(Entry ban) {
        long expires = Records.parse(StoredBan.parser(), ban.value()).getExpiresAtMillis();
        return expires == 0 || expires > clock.millis();
    }

    private Optional<Write> expired(String banKey) {
        return server.read(banKey)
                .filter(ban -> !holds(ban))
                .map(ban -> new Write.Remove(banKey, ban.revision()));
    }

    /** Who was never recorded has, in effect, left. */
    private static StoredMembershipState state(Optional<Entry> entry) {
        return entry.map(
                        present ->
                                Records.parse(StoredMembership.parser(), present.value())
                                        .getState())
                .orElse(StoredMembershipState.STORED_MEMBERSHIP_STATE_LEFT);
    }

    private StoredMembership removed(UserId by, String reason) {
        return membership(StoredMembershipState.STORED_MEMBERSHIP_STATE_LEFT)
                .setChangedBy(by.value())
                .setReason(reason)
                .build();
    }

    private StoredMembership.Builder membership(StoredMembershipState state) {
        return StoredMembership.newBuilder()
                .setFormat(FORMAT)
                .setState(state)
                .setChangedAtMillis(clock.millis());
    }

    private static ChattoException busy() {
        return ChattoException.of(ErrorCode.CONFLICT, "The membership is being changed elsewhere");
    }
}
