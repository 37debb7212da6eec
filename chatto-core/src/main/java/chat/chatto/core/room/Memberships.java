package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredMembership;
import chat.chatto.core.stored.v1.StoredMembershipState;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Writes who belongs to which room. Safe for use by many threads. */
final class Memberships {

    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final ReadMarker readMarker;
    private final RoomHeads heads;
    private final InstantSource clock;

    Memberships(ServerBucket server, ReadMarker readMarker, RoomHeads heads, InstantSource clock) {
        this.server = server;
        this.readMarker = readMarker;
        this.heads = heads;
        this.clock = clock;
    }

    /** The membership of who makes a room, as a part of making it. */
    Write first(RoomId room, UserId user) {
        return new Write.Create(
                RoomDirectory.memberKey(room, user),
                membership(StoredMembershipState.STORED_MEMBERSHIP_STATE_JOINED));
    }

    void join(UserId user, RoomId room) {
        // First of all: a member for whom everything is unread would be worse than a mark without a
        // member.
        readMarker.markRead(user, room, heads.head(room));
        change(user, room, StoredMembershipState.STORED_MEMBERSHIP_STATE_JOINED);
    }

    void leave(UserId user, RoomId room) {
        change(user, room, StoredMembershipState.STORED_MEMBERSHIP_STATE_LEFT);
    }

    private void change(UserId user, RoomId room, StoredMembershipState state) {
        String key = RoomDirectory.memberKey(room, user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = server.read(key);
            if (state(entry) == state) {
                entry.ifPresent(present -> server.awaitApplied(present.revision()));
                return;
            }
            byte[] changed = membership(state);
            try {
                server.transact(
                        List.of(
                                entry.<Write>map(
                                                former ->
                                                        new Write.Update(
                                                                key, changed, former.revision()))
                                        .orElseGet(() -> new Write.Create(key, changed))));
                return;
            } catch (ConflictException _) {
                // The same person joins or leaves elsewhere: look again.
            }
        }
        throw ChattoException.of(ErrorCode.CONFLICT, "The membership is being changed elsewhere");
    }

    /** Who was never recorded has, in effect, left. */
    private static StoredMembershipState state(Optional<Entry> entry) {
        return entry.map(
                        present ->
                                Records.parse(StoredMembership.parser(), present.value())
                                        .getState())
                .orElse(StoredMembershipState.STORED_MEMBERSHIP_STATE_LEFT);
    }

    private byte[] membership(StoredMembershipState state) {
        return StoredMembership.newBuilder()
                .setFormat(FORMAT)
                .setState(state)
                .setChangedAtMillis(clock.millis())
                .build()
                .toByteArray();
    }
}
