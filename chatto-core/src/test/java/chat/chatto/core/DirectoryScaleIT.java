package chat.chatto.core;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredLogin;
import chat.chatto.core.stored.v1.StoredMembership;
import chat.chatto.core.stored.v1.StoredMembershipState;
import chat.chatto.core.stored.v1.StoredPassword;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.core.stored.v1.StoredUser;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.protobuf.MessageLite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server with many people and rooms; the bounds are generous, as other tests may run on the same machine. */
@Isolated("It measures the memory of the process")
class DirectoryScaleIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final Logger log = LoggerFactory.getLogger(DirectoryScaleIT.class);

    private static final int PEOPLE = 10_000;
    private static final int ROOMS = 1_000;
    private static final int ROOMS_EACH = 5;
    private static final int BYTES_A_PERSON = 1_000;
    private static final Duration LOAD = Duration.ofSeconds(15);

    @Test
    void startsQuicklyAndKeepsLittleInMemory() throws InterruptedException {
        try (Storage storage = nats.open()) {
            fill(storage.bucket(Bucket.SERVER));
            long before = usedMemory();

            long start = System.nanoTime();
            ServerBucket bucket = new ServerBucket(storage);
            UserDirectory users = new UserDirectory(bucket);
            RoomDirectory rooms = new RoomDirectory(bucket, users, new TestClock());
            bucket.start();
            Duration load = Duration.ofNanos(System.nanoTime() - start);

            long perPerson = (usedMemory() - before) / PEOPLE;
            log.info(
                    "{} people, {} rooms, {} memberships: {} ms, {} bytes a person",
                    PEOPLE,
                    ROOMS,
                    PEOPLE * ROOMS_EACH,
                    load.toMillis(),
                    perPerson);
            assertThat(users.size()).isEqualTo(PEOPLE);
            assertThat(rooms.joined(user(0))).hasSize(ROOMS_EACH);
            assertThat(rooms.require(room(0)).memberCount()).isEqualTo(PEOPLE * ROOMS_EACH / ROOMS);
            assertThat(load).isLessThan(LOAD);
            assertThat(perPerson).isBetween(1L, (long) BYTES_A_PERSON);
            bucket.close();
        }
    }

    private static void fill(KeyValueStore store) {
        List<Write> writes = new ArrayList<>();
        for (int n = 0; n < ROOMS; n++) {
            put(writes, "entity.room." + room(n), storedRoom(n));
        }
        String hash = "$argon2id$v=19$m=7168,t=5,p=1$" + "A".repeat(22) + "$" + "A".repeat(43);
        for (int n = 0; n < PEOPLE; n++) {
            put(writes, "password." + user(n), StoredPassword.newBuilder().setHash(hash).build());
            put(writes, "entity.user." + user(n), storedUser(n));
            put(
                    writes,
                    "login.person" + n,
                    StoredLogin.newBuilder().setUser(user(n).value()).build());
            for (int k = 0; k < ROOMS_EACH; k++) {
                RoomId room = room((n * ROOMS_EACH + k) % ROOMS);
                put(writes, "entity.member." + room + "." + user(n), membership());
            }
        }
        for (int from = 0; from < writes.size(); from += 500) {
            store.transact(writes.subList(from, Math.min(from + 500, writes.size())));
        }
    }

    private static void put(List<Write> writes, String key, MessageLite record) {
        writes.add(new Write.Put(key, record.toByteArray()));
    }

    private static StoredRoom storedRoom(int n) {
        return StoredRoom.newBuilder()
                .setName("Room number " + n)
                .setDescription("What is talked about in room " + n)
                .setShard(1)
                .setCreatedBy(user(n).value())
                .build();
    }

    private static StoredUser storedUser(int n) {
        return StoredUser.newBuilder()
                .setLogin("person" + n)
                .setDisplayName("Person " + n)
                .setCreatedAtMillis(1_790_000_000_000L)
                .build();
    }

    private static StoredMembership membership() {
        return StoredMembership.newBuilder()
                .setState(StoredMembershipState.STORED_MEMBERSHIP_STATE_JOINED)
                .build();
    }

    private static UserId user(int n) {
        return new UserId("U%013d".formatted(n));
    }

    private static RoomId room(int n) {
        return new RoomId("R%013d".formatted(n));
    }

    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        // Until collecting garbage yields no more.
        for (long now = collected(runtime); now < used; now = collected(runtime)) {
            used = now;
        }
        return used;
    }

    private static long collected(Runtime runtime) {
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
