package chat.chatto.launcher;

import chat.chatto.core.Core;
import chat.chatto.core.CoreModule;
import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.push.Push;
import chat.chatto.core.push.PushModule;
import chat.chatto.http.HttpConfig;
import chat.chatto.http.HttpModule;
import chat.chatto.http.HttpServer;
import chat.chatto.http.health.Health;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KmsModule;
import chat.chatto.kms.RootSecret;
import chat.chatto.launcher.config.NatsConfig;
import chat.chatto.launcher.config.Secret;
import chat.chatto.launcher.config.SecretsFile;
import chat.chatto.launcher.config.ServerConfiguration;
import chat.chatto.launcher.nats.DataDirectory;
import chat.chatto.launcher.nats.EmbeddedNats;
import chat.chatto.launcher.nats.NatsBinary;
import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.Credentials;
import chat.chatto.storage.jetstream.JetStreamConfig;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Scopes;
import com.google.inject.Stage;

import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One server: puts the modules together and starts everything in order. What it started is stopped in reverse by {@link Shutdown}. */
final class Server {

    /** How long clients have to take their last answers once the load balancer had the time to notice. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final ServerConfiguration configuration;
    private final Shutdown shutdown;

    Server(ServerConfiguration configuration, Shutdown shutdown) {
        this.configuration = configuration;
        this.shutdown = shutdown;
    }

    /** Returns when the server is ready. */
    void start() throws InterruptedException {
        HttpConfig httpConfig = ModuleConfigurations.http(configuration.settings());
        Foundation foundation =
                switch (configuration.nats()) {
                    case NatsConfig.Embedded embedded -> embedded(embedded);
                    case NatsConfig.Cluster cluster ->
                            new Foundation(
                                    cluster.storage(), configuration.secretKey().orElseThrow());
                };
        Storage storage = shutdown.stopLater("storage", StorageStart.await(foundation.storage()));
        Injector injector =
                Guice.createInjector(
                        Stage.DEVELOPMENT, modules(storage, foundation.secretKey(), httpConfig));
        shutdown.stopLater("keys", injector.getInstance(DataKeys.class));
        startCore(injector);
        HttpServer http = startHttp(injector, httpConfig);
        announce(httpConfig, http.port(), injector.getInstance(OwnerClaim.class));
    }

    private record Foundation(JetStreamConfig storage, Secret secretKey) {}

    private Foundation embedded(NatsConfig.Embedded config) throws InterruptedException {
        DataDirectory directory =
                shutdown.stopLater("data directory", DataDirectory.open(config.dataDirectory()));
        Path binary =
                new NatsBinary(
                                Optional.ofNullable(System.getProperty("chatto.home"))
                                        .map(Path::of),
                                System.getenv())
                        .find(config.serverPath());
        EmbeddedNats nats =
                shutdown.stopLater("nats-server", EmbeddedNats.start(directory, config, binary));
        JetStreamConfig storage =
                JetStreamConfig.local(nats.url())
                        .withCredentials(new Credentials.Token(nats.token().value()))
                        .withShards(config.shards());
        return new Foundation(
                storage,
                configuration.secretKey().orElseGet(() -> SecretsFile.secretKey(directory.path())));
    }

    private List<Module> modules(Storage storage, Secret secretKey, HttpConfig httpConfig) {
        return List.of(
                binder -> {
                    binder.requireExplicitBindings();
                    binder.bind(Storage.class).toInstance(storage);
                    binder.bind(Health.class).to(StorageHealth.class).in(Scopes.SINGLETON);
                    binder.bind(StorageHealth.class);
                },
                new KmsModule(RootSecret.of(secretKey.value())),
                new CoreModule(ModuleConfigurations.core(configuration)),
                new PushModule(configuration.push()),
                new HttpModule(httpConfig));
    }

    private void startCore(Injector injector) throws InterruptedException {
        Core core = shutdown.stopLater("core", injector.getInstance(Core.class));
        core.start();
        Push push = shutdown.stopLater("push", injector.getInstance(Push.class));
        push.start();
    }

    private HttpServer startHttp(Injector injector, HttpConfig config) {
        HttpServer server = injector.getInstance(HttpServer.class);
        shutdown.stopLater(
                "HTTP",
                () -> {
                    server.drain(configuration.drainDelay(), FAREWELL);
                    server.close();
                });
        try {
            server.start();
        } catch (RuntimeException e) {
            throw e.getCause() instanceof BindException
                    ? new CannotListenException(
                            "cannot listen on "
                                    + config.bindAddress()
                                    + ":"
                                    + config.port()
                                    + ": "
                                    + e.getCause().getMessage()
                                    + "; choose another port with --port (webserver.port)",
                            e)
                    : e;
        }
        return server;
    }

    private static void announce(HttpConfig config, int port, OwnerClaim claim) {
        URI address =
                config.port() == 0 ? URI.create("http://localhost:" + port) : config.publicUrl();
        System.out.println("Chatto is ready: " + address);
        claim.pendingToken()
                .ifPresent(
                        token ->
                                System.out.println(
                                        "This server has no owner yet. Whoever opens this link"
                                                + " first becomes it: "
                                                + address
                                                + "/setup#"
                                                + token));
    }
}
