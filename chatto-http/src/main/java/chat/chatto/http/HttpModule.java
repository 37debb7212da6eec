package chat.chatto.http;

import chat.chatto.core.Core;
import chat.chatto.core.push.PushEncoding;
import chat.chatto.core.push.PushGateway;
import chat.chatto.http.api.AccessRoutes;
import chat.chatto.http.api.AuthRoutes;
import chat.chatto.http.api.ConversationRoutes;
import chat.chatto.http.api.EmojiRoutes;
import chat.chatto.http.api.FileRoutes;
import chat.chatto.http.api.FollowRoutes;
import chat.chatto.http.api.GroupRoutes;
import chat.chatto.http.api.HealthRoutes;
import chat.chatto.http.api.MeRoutes;
import chat.chatto.http.api.MessageRoutes;
import chat.chatto.http.api.ModerationRoutes;
import chat.chatto.http.api.NotificationRoutes;
import chat.chatto.http.api.OpenApiRoutes;
import chat.chatto.http.api.PeopleRoutes;
import chat.chatto.http.api.PersonalRoutes;
import chat.chatto.http.api.PictureRoutes;
import chat.chatto.http.api.PinRoutes;
import chat.chatto.http.api.PresenceRoutes;
import chat.chatto.http.api.PushRoutes;
import chat.chatto.http.api.RoomRoutes;
import chat.chatto.http.api.SearchRoutes;
import chat.chatto.http.api.ServerRoutes;
import chat.chatto.http.api.SetupRoutes;
import chat.chatto.http.api.UploadRoutes;
import chat.chatto.http.health.Health;
import chat.chatto.http.health.Readiness;
import chat.chatto.http.push.EndpointPolicy;
import chat.chatto.http.push.HttpPushGateway;
import chat.chatto.http.realtime.Greeter;
import chat.chatto.http.realtime.Hub;
import chat.chatto.http.realtime.PersonalFeed;
import chat.chatto.http.realtime.RealtimeEndpoint;
import chat.chatto.http.realtime.RealtimeLimits;
import chat.chatto.http.realtime.RealtimeMetrics;
import chat.chatto.http.realtime.RealtimeUpgrade;
import chat.chatto.http.routing.AnswerSender;
import chat.chatto.http.routing.Authenticator;
import chat.chatto.http.routing.ClientAddresses;
import chat.chatto.http.routing.Compression;
import chat.chatto.http.routing.Cookies;
import chat.chatto.http.routing.InFlight;
import chat.chatto.http.routing.Origins;
import chat.chatto.http.routing.RequestMetrics;
import chat.chatto.http.routing.Router;
import chat.chatto.http.routing.Routes;
import chat.chatto.http.routing.SecurityHeaders;
import chat.chatto.http.web.FileStore;
import chat.chatto.http.wire.AccessJson;
import chat.chatto.http.wire.AttachmentJson;
import chat.chatto.http.wire.EmojiJson;
import chat.chatto.http.wire.EventJson;
import chat.chatto.http.wire.FileLinks;
import chat.chatto.http.wire.MessageJson;
import chat.chatto.http.wire.NotificationJson;
import chat.chatto.http.wire.PushJson;
import chat.chatto.http.wire.RoomJson;
import chat.chatto.http.wire.SearchJson;
import chat.chatto.http.wire.UserJson;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Puts the HTTP server together. Whoever installs it also installs the core and pushing, and binds {@link Health} and {@link InstantSource}.
 */
public final class HttpModule extends AbstractModule {

    /** The folder of the class path with the web client. */
    private static final String WEB_CLIENT = "chatto-web";

    private static final List<Class<? extends Routes>> CAPABILITIES =
            List.of(
                    HealthRoutes.class,
                    ServerRoutes.class,
                    SetupRoutes.class,
                    AuthRoutes.class,
                    MeRoutes.class,
                    PeopleRoutes.class,
                    RoomRoutes.class,
                    GroupRoutes.class,
                    ConversationRoutes.class,
                    ModerationRoutes.class,
                    MessageRoutes.class,
                    PinRoutes.class,
                    FollowRoutes.class,
                    PresenceRoutes.class,
                    PersonalRoutes.class,
                    EmojiRoutes.class,
                    UploadRoutes.class,
                    FileRoutes.class,
                    PictureRoutes.class,
                    AccessRoutes.class,
                    NotificationRoutes.class,
                    SearchRoutes.class,
                    PushRoutes.class,
                    OpenApiRoutes.class);

    private static final List<Class<?>> SINGLETONS =
            List.of(
                    HttpServer.class,
                    MetricsServer.class,
                    AnswerSender.class,
                    Authenticator.class,
                    RequestMetrics.class,
                    UserJson.class,
                    AccessJson.class,
                    RoomJson.class,
                    MessageJson.class,
                    FileLinks.class,
                    AttachmentJson.class,
                    EmojiJson.class,
                    NotificationJson.class,
                    PushJson.class,
                    EventJson.class,
                    SearchJson.class,
                    Hub.class,
                    PersonalFeed.class,
                    Greeter.class,
                    RealtimeEndpoint.class,
                    RealtimeMetrics.class,
                    RealtimeUpgrade.class);

    private final HttpConfig config;

    public HttpModule(HttpConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        bind(HttpConfig.class).toInstance(config);
        bind(RealtimeLimits.class).toInstance(config.realtime());
        bind(ServerRoutes.Version.class).toInstance(new ServerRoutes.Version(config.version()));
        bind(Cookies.class).toInstance(new Cookies(config.https()));
        bind(SecurityHeaders.class).toInstance(new SecurityHeaders(config.https()));
        bind(Origins.class).toInstance(new Origins(config.publicUrl()));
        bind(ClientAddresses.class).toInstance(new ClientAddresses(config.trustedProxies()));
        bind(Compression.class)
                .toInstance(
                        new Compression(config.compression(), config.compressionMinimumBytes()));
        bind(InFlight.class).toInstance(new InFlight(config.limits().requests()));
        bind(FileStore.class).toInstance(new FileStore(WEB_CLIENT));
        bind(PushEncoding.class).to(PushJson.class);
        bind(PushGateway.class)
                .toInstance(
                        new HttpPushGateway(EndpointPolicy.standard(), HttpPushGateway.PATIENCE));
        bind(MeterRegistry.class).to(PrometheusMeterRegistry.class);
        bind(Executor.class).to(ExecutorService.class);
        SINGLETONS.forEach(type -> bind(type).in(Scopes.SINGLETON));
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        CAPABILITIES.forEach(type -> routes.addBinding().to(type).in(Scopes.SINGLETON));
    }

    @Provides
    @Singleton
    ExecutorService executor() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    }

    @Provides
    @Singleton
    PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Provides
    @Singleton
    Router router(Set<Routes> capabilities) {
        return new Router(
                capabilities.stream().flatMap(routes -> routes.routes().stream()).toList());
    }

    @Provides
    @Singleton
    Readiness readiness(Health health, Core core, InstantSource clock) {
        return new Readiness(health, core::current, clock);
    }
}
