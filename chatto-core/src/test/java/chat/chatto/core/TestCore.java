package chat.chatto.core;

import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Registration;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.NewRoom;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KmsModule;
import chat.chatto.kms.RootSecret;
import chat.chatto.storage.Storage;
import chat.chatto.storage.StorageModule;
import chat.chatto.storage.jetstream.JetStreamConfig;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.util.Modules;

import java.time.Clock;
import java.util.Optional;

/** One server's whole core as the launcher wires it, on real storage. */
public final class TestCore implements AutoCloseable {

    private final Injector injector;

    private TestCore(String natsUrl, CoreConfig config, Clock clock) {
        injector =
                Guice.createInjector(
                        new Strict(),
                        new StorageModule(JetStreamConfig.local(natsUrl)),
                        new KmsModule(RootSecret.of("a secret for tests and for nothing else")),
                        Modules.override(new CoreModule(config))
                                .with(binder -> binder.bind(Clock.class).toInstance(clock)));
    }

    public static TestCore start(String natsUrl) throws InterruptedException {
        return start(natsUrl, CoreConfig.defaults());
    }

    public static TestCore start(String natsUrl, CoreConfig config) throws InterruptedException {
        return start(natsUrl, config, Clock.systemUTC());
    }

    /** A server that lives at another time. */
    public static TestCore start(String natsUrl, Clock clock) throws InterruptedException {
        return start(natsUrl, CoreConfig.defaults(), clock);
    }

    private static TestCore start(String natsUrl, CoreConfig config, Clock clock)
            throws InterruptedException {
        TestCore core = new TestCore(natsUrl, config, clock);
        core.get(Core.class).start();
        return core;
    }

    public <T> T get(Class<T> type) {
        return injector.getInstance(type);
    }

    /** Makes an account; Argon2 takes its time even here. */
    public UserId register(String login) {
        return get(Accounts.class)
                .register(Registration.of(login, "correct horse"), "192.0.2.1")
                .id();
    }

    public Room room(UserId creator, String name) {
        return get(Rooms.class).create(creator, new NewRoom(name, ""), Optional.empty());
    }

    public Message post(UserId author, RoomId room, String body) {
        return get(Timelines.class)
                .post(author, room, NewMessage.of(body), Optional.empty())
                .message();
    }

    @Override
    public void close() {
        get(Core.class).close();
        get(DataKeys.class).close();
        get(Storage.class).close();
    }

    private static final class Strict extends AbstractModule {
        @Override
        protected void configure() {
            binder().requireExplicitBindings();
        }
    }
}
