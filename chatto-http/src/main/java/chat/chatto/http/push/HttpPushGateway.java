package chat.chatto.http.push;

import chat.chatto.core.ChattoException;
import chat.chatto.core.push.PushGateway;
import chat.chatto.core.push.PushOutcome;
import chat.chatto.core.push.PushRequest;

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sends to push services over HTTP, without following redirects and through no proxy. */
public final class HttpPushGateway implements PushGateway {

    /** How long a push service may take for everything. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Connections to one push service, which answers one message at a time on each, and to all. */
    private static final int CONNECTIONS = 16;

    private static final int CONNECTIONS_IN_ALL = 2_048;
    private static final int HEADERS = 64;
    private static final int HEADER_CHARACTERS = 4_096;
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private final EndpointPolicy policy;
    private final CheckedNames names;
    private final Duration patience;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService alarm =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("push-alarm").factory());

    public HttpPushGateway(EndpointPolicy policy, Duration patience) {
        this.policy = policy;
        this.names = new CheckedNames(policy);
        this.patience = patience;
        Timeout timeout = Timeout.of(patience);
        this.client =
                HttpClients.custom()
                        .setConnectionManager(
                                PoolingHttpClientConnectionManagerBuilder.create()
                                        .setDnsResolver(names)
                                        .setMaxConnPerRoute(CONNECTIONS)
                                        .setMaxConnTotal(CONNECTIONS_IN_ALL)
                                        .setDefaultConnectionConfig(
                                                ConnectionConfig.custom()
                                                        .setConnectTimeout(timeout)
                                                        .setSocketTimeout(timeout)
                                                        .build())
                                        .setConnectionFactory(
                                                ManagedHttpClientConnectionFactory.builder()
                                                        .http1Config(
                                                                Http1Config.custom()
                                                                        .setMaxHeaderCount(HEADERS)
                                                                        .setMaxLineLength(
                                                                                HEADER_CHARACTERS)
                                                                        .build())
                                                        .build())
                                        .build())
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectionRequestTimeout(timeout)
                                        .setResponseTimeout(timeout)
                                        .build())
                        .disableRedirectHandling()
                        .disableAutomaticRetries()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .disableContentCompression()
                        .setUserAgent("Chatto")
                        .build();
    }

    @Override
    public void check(URI endpoint) {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        if (!policy.schemes().contains(scheme)
                || endpoint.getHost() == null
                || endpoint.getRawUserInfo() != null
                || endpoint.getRawFragment() != null) {
            throw refused("must be an https address as the browser gives it");
        }
        try {
            names.resolve(endpoint.getHost());
        } catch (UnknownHostException e) {
            throw refused(
                    "must be at a public address that this server can find: "
                            + endpoint.getHost()
                            + " is none");
        }
    }

    private static ChattoException refused(String why) {
        return ChattoException.invalid("endpoint", why);
    }

    @Override
    public PushOutcome send(PushRequest request) throws InterruptedException {
        var post = new HttpPost(request.endpoint());
        post.setHeader(HttpHeaders.AUTHORIZATION, request.authorization());
        post.setHeader("TTL", Long.toString(request.timeToLive().toSeconds()));
        post.setHeader("Urgency", "high");
        post.setHeader("Topic", request.topic());
        post.setEntity(
                new ByteArrayEntity(
                        request.body(), ContentType.APPLICATION_OCTET_STREAM, "aes128gcm"));
        // Whoever answers drop by drop would outlast every other limit.
        Future<?> end = alarm.schedule(post::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return client.execute(post, HttpPushGateway::outcome);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new PushOutcome.Later(Optional.empty(), "no answer: " + e.getMessage());
        } finally {
            end.cancel(false);
        }
    }

    private static PushOutcome outcome(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        String said = "status " + status;
        return switch (status) {
            case 200, 201, 202, 204 -> new PushOutcome.Accepted();
            case 404, 410 -> new PushOutcome.Gone();
            case 408, 429, 500, 502, 503, 504 -> new PushOutcome.Later(retryAfter(response), said);
            default -> new PushOutcome.Refused(said);
        };
    }

    private static Optional<Duration> retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        if (header == null || !header.getValue().matches("\\d{1,9}")) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(header.getValue()));
        return Optional.of(asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked);
    }
}
