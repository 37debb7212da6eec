package chat.chatto.http;

import chat.chatto.http.health.Readiness;
import chat.chatto.http.realtime.RealtimeEndpoint;
import chat.chatto.http.realtime.RealtimeUpgrade;
import chat.chatto.http.routing.AnswerSender;
import chat.chatto.http.routing.Authenticator;
import chat.chatto.http.routing.ClientAddresses;
import chat.chatto.http.routing.Dispatcher;
import chat.chatto.http.routing.InFlight;
import chat.chatto.http.routing.RequestLog;
import chat.chatto.http.routing.RequestMetrics;
import chat.chatto.http.routing.Router;
import chat.chatto.http.routing.SecurityHeaders;
import chat.chatto.http.web.FileStore;
import chat.chatto.http.web.StaticFiles;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The product's HTTP server. {@link #start()} once the core is current, then {@link #drain}, then {@link #close()}; called by one thread.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final int IO_THREADS = 2;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int POOLED_BUFFERS = 512;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);
    private static final Duration LAST_CONNECTIONS = Duration.ofSeconds(5);

    /** Connections are bounded by what they are used for, and by the system. */
    private static final int CONNECTIONS = 1_000_000;

    private final HttpConfig config;
    private final HttpHandler root;
    private final RealtimeEndpoint realtime;
    private final Readiness readiness;
    private final InFlight inFlight;
    private final ExecutorService executor;
    private final MetricsServer metrics;
    private @Nullable XnioWorker connections;
    private @Nullable Undertow undertow;

    @Inject
    public HttpServer(
            HttpConfig config,
            Router router,
            Authenticator authenticator,
            ClientAddresses addresses,
            AnswerSender sender,
            SecurityHeaders security,
            FileStore files,
            RealtimeEndpoint realtime,
            RealtimeUpgrade upgrade,
            Readiness readiness,
            InFlight inFlight,
            RequestMetrics requests,
            MetricsServer metrics,
            ExecutorService executor) {
        this.config = config;
        this.realtime = realtime;
        this.readiness = readiness;
        this.inFlight = inFlight;
        this.executor = executor;
        this.metrics = metrics;
        HttpHandler calls =
                new Dispatcher(
                        router,
                        authenticator,
                        addresses,
                        sender,
                        inFlight,
                        requests,
                        executor,
                        new StaticFiles(files, security, executor));
        HttpHandler all =
                exchange ->
                        (exchange.getRelativePath().equals(RealtimeUpgrade.PATH) ? upgrade : calls)
                                .handleRequest(exchange);
        HttpHandler continued = new HttpContinueReadHandler(all);
        root = config.requestLogging() ? new RequestLog(addresses, continued) : continued;
    }

    /** Begins to listen; requests are answered when it returns. */
    public void start() {
        realtime.start();
        HttpConfig.Limits limits = config.limits();
        XnioWorker worker = worker();
        connections = worker;
        Undertow started =
                Undertow.builder()
                        .addHttpListener(config.port(), config.bindAddress())
                        .setWorker(worker)
                        .setByteBufferPool(buffers())
                        .setServerOption(UndertowOptions.MAX_HEADER_SIZE, limits.headerBytes())
                        .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) limits.bodyBytes())
                        .setServerOption(
                                UndertowOptions.REQUEST_PARSE_TIMEOUT,
                                (int) limits.head().toMillis())
                        .setServerOption(
                                UndertowOptions.NO_REQUEST_TIMEOUT, (int) limits.idle().toMillis())
                        .setServerOption(
                                UndertowOptions.IDLE_TIMEOUT, (int) limits.idle().toMillis())
                        .setServerOption(UndertowOptions.RECORD_REQUEST_START_TIME, true)
                        .setServerOption(UndertowOptions.MAX_PARAMETERS, 64)
                        .setServerOption(UndertowOptions.MAX_HEADERS, 100)
                        .setHandler(root)
                        .build();
        started.start();
        undertow = started;
        metrics.start();
        log.info("Listening on {}:{}", config.bindAddress(), port());
    }

    /** Our own, since Undertow cannot stop listening without cutting off everybody when the threads are its own. */
    private static XnioWorker worker() {
        try {
            return Xnio.getInstance(HttpServer.class.getClassLoader())
                    .createWorker(
                            OptionMap.builder()
                                    .set(Options.WORKER_IO_THREADS, IO_THREADS)
                                    .set(Options.WORKER_TASK_CORE_THREADS, 1)
                                    .set(Options.WORKER_TASK_MAX_THREADS, 1)
                                    .set(Options.CONNECTION_HIGH_WATER, CONNECTIONS)
                                    .set(Options.CONNECTION_LOW_WATER, CONNECTIONS)
                                    .set(Options.TCP_NODELAY, true)
                                    .set(Options.CORK, true)
                                    .getMap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Undertow's own pool keeps some buffers for each thread. With a thread for each request these lay about until the collector came:
     * 137 MB after 36,000 posts. So there is one pool for all.
     */
    private static ByteBufferPool buffers() {
        return new DefaultByteBufferPool(true, BUFFER_BYTES, POOLED_BUFFERS, 0);
    }

    /** The port that is listened on. */
    public int port() {
        if (undertow == null) {
            throw new IllegalStateException("Not started");
        }
        return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    /**
     * Stops being ready, and answers requests as before until the load balancer has noticed, except that connections end after their
     * answer and no socket is opened any more. Then stops listening, tells clients to connect elsewhere, and waits for them and for the
     * requests that are being answered.
     *
     * @param delay how long a load balancer may take to notice
     * @param patience how long to wait for clients after that
     */
    public void drain(Duration delay, Duration patience) throws InterruptedException {
        readiness.drain();
        inFlight.drain();
        Thread.sleep(delay);
        long deadline = System.nanoTime() + patience.toNanos();
        stopListening();
        realtime.drain();
        if (!inFlight.awaitNone(patience)) {
            log.warn("{} requests were not answered in time", inFlight.count());
        }
        if (!realtime.awaitNone(Duration.ofNanos(deadline - System.nanoTime()))) {
            log.warn("{} sockets were not closed in time", realtime.connections());
        }
    }

    /** Stops listening and cuts off what is still connected. */
    @Override
    public void close() {
        metrics.close();
        realtime.close();
        stopListening();
        if (connections != null) {
            end(connections, LAST_CONNECTIONS, "connections");
            connections = null;
        }
        executor.shutdownNow();
        end(executor, LAST_ANSWERS, "answers");
    }

    private void stopListening() {
        if (undertow != null) {
            undertow.stop();
            undertow = null;
        }
    }

    private static void end(ExecutorService ending, Duration patience, String name) {
        ending.shutdown();
        try {
            if (!ending.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Some {} did not end in time", name);
                ending.shutdownNow();
            }
        } catch (InterruptedException e) {
            ending.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
