package chat.chatto.http;

import chat.chatto.core.Core;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.CoreModule;
import chat.chatto.core.push.Push;
import chat.chatto.core.push.PushConfig;
import chat.chatto.core.push.PushGateway;
import chat.chatto.core.push.PushModule;
import chat.chatto.core.search.SearchConfig;
import chat.chatto.http.health.Health;
import chat.chatto.http.push.EndpointPolicy;
import chat.chatto.http.push.HttpPushGateway;
import chat.chatto.http.web.FileStore;
import chat.chatto.kms.KmsModule;
import chat.chatto.kms.RootSecret;
import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.util.Modules;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A whole server over a real nats-server, on a free port of the loopback interface. */
final class TestServer implements AutoCloseable {

    static final Duration PUSH_PATIENCE = Duration.ofSeconds(3);
    static final String PUBLIC_URL = "http://chat.example";

    private final Storage storage;
    private final Injector injector;
    private final HttpServer http;

    private TestServer(Storage storage, Injector injector) {
        this.storage = storage;
        this.injector = injector;
        this.http = injector.getInstance(HttpServer.class);
    }

    static TestServer start(NatsServerExtension nats) throws InterruptedException {
        return start(nats, UnaryOperator.identity());
    }

    /** One that keeps an index of messages in a directory. */
    static TestServer searching(NatsServerExtension nats, Path directory)
            throws InterruptedException {
        CoreConfig defaults = CoreConfig.defaults();
        return start(
                nats,
                UnaryOperator.identity(),
                new CoreConfig(
                        defaults.serverName(),
                        defaults.registration(),
                        defaults.pageFile(),
                        SearchConfig.in(directory),
                        defaults.assets()));
    }

    static TestServer start(NatsServerExtension nats, UnaryOperator<HttpConfig> change)
            throws InterruptedException {
        return start(nats, change, CoreConfig.defaults());
    }

    private static TestServer start(
            NatsServerExtension nats, UnaryOperator<HttpConfig> change, CoreConfig core)
            throws InterruptedException {
        Storage storage = nats.open();
        HttpConfig config =
                change.apply(HttpConfig.defaults(URI.create(PUBLIC_URL)).at("127.0.0.1", 0));
        Injector injector =
                Guice.createInjector(
                        Modules.override(
                                        new KmsModule(
                                                RootSecret.of(
                                                        "a-secret-only-for-tests-0123456789")),
                                        new CoreModule(core),
                                        new PushModule(PushConfig.defaults(config.publicUrl())),
                                        new HttpModule(config))
                                .with(new Overrides(storage)));
        var server = new TestServer(storage, injector);
        injector.getInstance(Core.class).start();
        injector.getInstance(Push.class).start();
        server.http.start();
        return server;
    }

    HttpServer http() {
        return http;
    }

    <T> T get(Class<T> type) {
        return injector.getInstance(type);
    }

    TestClient client() {
        return new TestClient(http.port());
    }

    @Override
    public void close() {
        http.close();
        injector.getInstance(Push.class).close();
        injector.getInstance(Core.class).close();
        storage.close();
    }

    private static final class Overrides extends AbstractModule {

        private final Storage storage;

        Overrides(Storage storage) {
            this.storage = storage;
        }

        @Override
        protected void configure() {
            bind(Storage.class).toInstance(storage);
            bind(Health.class).toInstance(new StorageHealth(storage));
            bind(PushGateway.class)
                    .toInstance(
                            new HttpPushGateway(
                                    new EndpointPolicy(
                                            Set.of("http"), InetAddress::isLoopbackAddress),
                                    PUSH_PATIENCE));
            bind(FileStore.class).toInstance(new FileStore("test-web"));
        }
    }

    private record StorageHealth(Storage storage) implements Health {

        @Override
        public boolean connected() {
            return storage.status().connected();
        }

        @Override
        public boolean stale() {
            return !storage.status().writable();
        }

        @Override
        public String detail() {
            return storage.status().detail();
        }

        @Override
        public void onChange(Runnable listener) {
            storage.onStatusChange(_ -> listener.run());
        }
    }
}
