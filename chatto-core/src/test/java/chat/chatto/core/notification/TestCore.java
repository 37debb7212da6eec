package chat.chatto.core.notification;

import chat.chatto.core.Core;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.CoreModule;
import chat.chatto.core.access.AccessDirectory;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Registration;
import chat.chatto.core.account.UserId;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.NewRoom;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.timeline.ActivityFeed;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KmsModule;
import chat.chatto.kms.RootSecret;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.Leases;
import chat.chatto.storage.Storage;
import chat.chatto.storage.StorageModule;
import chat.chatto.storage.jetstream.JetStreamConfig;

import com.google.inject.Guice;
import com.google.inject.Injector;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One whole server, whose notifications are written by itself or by the test. */
final class TestCore implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Injector injector;
    final Timelines timelines;
    final Rooms rooms;
    final ReadPositions positions;
    final Notifications notifications;
    final FollowedThreads threads;
    final Wishes wishes;
    final Attention attention;
    final Storage storage;

    private TestCore(String url) {
        injector =
                Guice.createInjector(
                        new StorageModule(JetStreamConfig.local(url)),
                        new KmsModule(RootSecret.of("a secret for tests and for nothing else")),
                        new CoreModule(CoreConfig.defaults()));
        timelines = get(Timelines.class);
        rooms = get(Rooms.class);
        positions = get(ReadPositions.class);
        notifications = get(Notifications.class);
        threads = get(FollowedThreads.class);
        wishes = get(Wishes.class);
        attention = get(Attention.class);
        storage = get(Storage.class);
    }

    static TestCore start(String url) throws InterruptedException {
        TestCore core = new TestCore(url);
        core.get(Core.class).start();
        return core;
    }

    /** Keeps every server from writing notifications, by taking the lease before them. */
    static Leases.Candidacy holdWriters(Storage storage) {
        return storage.leases()
                .contend(
                        "notify-1",
                        lease -> {
                            while (lease.held()) {
                                Thread.sleep(20);
                            }
                        });
    }

    <T> T get(Class<T> type) {
        return injector.getInstance(type);
    }

    UserId person() {
        var registration = Registration.of("person-" + NUMBER.incrementAndGet(), "correct horse");
        return get(Accounts.class).register(registration, "192.0.2.1").id();
    }

    RoomId room(UserId... members) {
        RoomId room =
                rooms.create(
                                members[0],
                                new NewRoom("room " + NUMBER.incrementAndGet(), ""),
                                Optional.empty())
                        .id();
        for (UserId member : members) {
            rooms.join(member, room);
        }
        return room;
    }

    Message post(UserId author, RoomId room, String body) {
        return post(author, room, NewMessage.of(body));
    }

    Message post(UserId author, RoomId room, NewMessage message) {
        return timelines.post(author, room, message, Optional.empty()).message();
    }

    /** A writer whose writes go where the test wants them. */
    NotificationWriter writer(DyingStorage dying) {
        return new NotificationWriter(
                feed(),
                new Inboxes(dying.of(EventLog.class, storage.notifications())),
                new ThreadsOfMine(dying.of(KeyValueStore.class, storage.bucket(Bucket.ATTENTION))),
                positions,
                new KnownSurroundings(
                        get(RoomDirectory.class),
                        get(AccessDirectory.class),
                        get(Presence.class),
                        wishes));
    }

    ActivityFeed feed() {
        return timelines.activity(1);
    }

    @Override
    public void close() {
        get(Core.class).close();
        get(DataKeys.class).close();
        storage.close();
    }
}
