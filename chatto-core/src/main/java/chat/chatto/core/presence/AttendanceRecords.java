package chat.chatto.core.presence;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredAttendance;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * This server's records in PRESENCE, one for each part of its {@link Visitors}. One that changed is written in the next round, all
 * others in turn, so that each is repeated before it runs out and no round has much to do. Safe for use by many threads.
 */
final class AttendanceRecords {

    private static final Logger log = LoggerFactory.getLogger(AttendanceRecords.class);

    private static final byte[] NOBODY = encode(Map.of());

    private final KeyValueStore store;
    private final String server;
    private final PresenceLimits limits;
    private final long roundsPerRefresh;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** By part; one without people is kept until it was told. */
    private final Map<Integer, byte[]> values = new HashMap<>();

    private final BitSet due = new BitSet(Visitors.PARTS);
    private long rounds;

    /** @param server tells this server's records from those of others and of its own past */
    AttendanceRecords(KeyValueStore store, String server, PresenceLimits limits) {
        this.store = store;
        this.server = server;
        this.limits = limits;
        this.roundsPerRefresh = limits.refresh().dividedBy(limits.round());
    }

    String key(int part) {
        return server + "." + part;
    }

    boolean own(String key) {
        return key.startsWith(server + ".");
    }

    long written() {
        return written.get();
    }

    long failed() {
        return failed.get();
    }

    /** What is to be stored from the next round on. */
    synchronized void set(int part, Map<UserId, Activity> people) {
        values.put(part, encode(people));
        due.set(part);
    }

    /** Everything has to be stored again. */
    synchronized void repeatAll() {
        due.set(0, Visitors.PARTS);
    }

    /** Writes what is due. After a failure nobody knows what is stored: all is due in the next round. */
    void writeRound() {
        long turn = Math.floorMod(rounds++, roundsPerRefresh);
        for (int part = 0; part < Visitors.PARTS; part++) {
            Optional<byte[]> value = take(part, part % roundsPerRefresh == turn);
            if (value.isPresent() && !write(part, value.get())) {
                return;
            }
        }
    }

    private boolean write(int part, byte[] value) {
        try {
            store.put(key(part), value, limits.timeToLive());
            written.incrementAndGet();
            return true;
        } catch (StorageException e) {
            log.debug("Who is connected here could not be told to the other servers", e);
            failed.incrementAndGet();
            restore(part, value);
            return false;
        }
    }

    private synchronized Optional<byte[]> take(int part, boolean turn) {
        byte[] value = values.get(part);
        if (value == null || !(due.get(part) || turn)) {
            return Optional.empty();
        }
        due.clear(part);
        if (Arrays.equals(value, NOBODY)) {
            values.remove(part); // Told once, it may run out.
        }
        return Optional.of(value);
    }

    private synchronized void restore(int part, byte[] value) {
        values.putIfAbsent(part, value);
        repeatAll();
    }

    private static byte[] encode(Map<UserId, Activity> people) {
        StoredAttendance.Builder record = StoredAttendance.newBuilder().setFormat(FORMAT);
        people.forEach(
                (user, activity) -> {
                    switch (activity) {
                        case ACTIVE -> record.addActive(user.value());
                        case IDLE -> record.addIdle(user.value());
                    }
                });
        return record.build().toByteArray();
    }

    /** @param intern finds the object that stands for an id already */
    static Map<UserId, Activity> decode(byte[] value, UnaryOperator<UserId> intern) {
        StoredAttendance record = Records.parse(StoredAttendance.parser(), value);
        Map<UserId, Activity> people = new HashMap<>();
        record.getIdleList().forEach(id -> people.put(intern.apply(new UserId(id)), Activity.IDLE));
        record.getActiveList()
                .forEach(id -> people.put(intern.apply(new UserId(id)), Activity.ACTIVE));
        return people;
    }
}
