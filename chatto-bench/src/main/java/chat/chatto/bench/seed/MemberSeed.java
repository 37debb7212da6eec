package chat.chatto.bench.seed;

import chat.chatto.core.Ids;
import chat.chatto.core.stored.v1.StoredMembership;
import chat.chatto.core.stored.v1.StoredMembershipState;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Writes memberships of people who never sign in; the records are those that joining leaves. */
public final class MemberSeed {

    private static final int FORMAT = 1;
    private static final int AT_ONCE = 500;

    private final KeyValueStore server;
    private final Ids ids = new Ids(new SecureRandom());

    public MemberSeed(Storage storage) {
        this.server = storage.bucket(Bucket.SERVER);
    }

    /** Adds that many members to a room. */
    public void write(String roomId, int members) {
        byte[] membership =
                StoredMembership.newBuilder()
                        .setFormat(FORMAT)
                        .setState(StoredMembershipState.STORED_MEMBERSHIP_STATE_JOINED)
                        .setChangedAtMillis(System.currentTimeMillis())
                        .build()
                        .toByteArray();
        List<Write> writes = new ArrayList<>(AT_ONCE);
        for (int member = 1; member <= members; member++) {
            String key = "entity.member." + roomId + "." + ids.user();
            writes.add(new Write.Create(key, membership));
            if (writes.size() == AT_ONCE || member == members) {
                server.transact(writes);
                writes.clear();
            }
        }
    }
}
