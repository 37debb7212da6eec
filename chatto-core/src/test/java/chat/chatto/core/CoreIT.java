package chat.chatto.core;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.account.Registration;
import chat.chatto.core.account.Sessions;
import chat.chatto.core.account.UserId;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomQuery;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.timeline.MessagePage;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.Position;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KmsModule;
import chat.chatto.kms.RootSecret;
import chat.chatto.storage.Storage;
import chat.chatto.storage.StorageModule;
import chat.chatto.storage.jetstream.JetStreamConfig;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Optional;

/** The whole core as the launcher wires it. */
class CoreIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    @Test
    void servesPeopleWhoChatAndKnowsItAllAfterARestart() throws InterruptedException {
        String token;
        try (Running server = new Running()) {
            UserId ada = register(server, "ada");
            UserId bob = register(server, "bob");
            Room general = general(server, ada);
            server.get(Rooms.class).join(ada, general.id());
            post(server, ada, general, "Hello");

            server.get(Rooms.class).join(bob, general.id());
            assertThat(server.get(ReadPositions.class).get(bob, general.id())).isZero();
            post(server, bob, general, "Hello, Ada");

            token = server.get(Sessions.class).issue(ada);
        }
        try (Running server = new Running()) {
            UserId ada = server.get(Sessions.class).authenticate(token).orElseThrow();
            Room general = general(server, ada);
            MessagePage page =
                    server.get(Timelines.class)
                            .page(ada, TimelineId.main(general.id()), new Position.Newest(), 10);

            assertThat(general.memberCount()).isEqualTo(2);
            assertThat(page.messages())
                    .extracting(message -> message.body())
                    .containsExactly("Hello", "Hello, Ada");
            assertThat(server.get(OwnerClaim.class).pendingToken()).isPresent();
        }
    }

    private static UserId register(Running server, String login) {
        Registration registration = Registration.of(login, "correct horse");
        return server.get(Accounts.class).register(registration, "192.0.2.1").id();
    }

    private static Room general(Running server, UserId viewer) {
        RoomQuery query =
                new RoomQuery(Optional.of("general"), Optional.empty(), 1, Optional.empty());
        return server.get(Rooms.class).list(viewer, query).items().getFirst();
    }

    private static void post(Running server, UserId author, Room room, String body) {
        server.get(Timelines.class).post(author, room.id(), NewMessage.of(body), Optional.empty());
    }

    private static final class Running implements AutoCloseable {

        private final Injector injector =
                Guice.createInjector(
                        new Strict(),
                        new StorageModule(JetStreamConfig.local(nats.url())),
                        new KmsModule(RootSecret.of("a secret for tests and for nothing else")),
                        new CoreModule(CoreConfig.defaults()));

        Running() throws InterruptedException {
            get(Core.class).start();
            assertThat(get(Core.class).current()).isTrue();
        }

        <T> T get(Class<T> type) {
            return injector.getInstance(type);
        }

        @Override
        public void close() {
            get(Core.class).close();
            get(DataKeys.class).close();
            get(Storage.class).close();
        }
    }

    private static final class Strict extends AbstractModule {
        @Override
        protected void configure() {
            binder().requireExplicitBindings();
        }
    }
}
