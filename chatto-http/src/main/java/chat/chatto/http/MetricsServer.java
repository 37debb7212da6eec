package chat.chatto.http;

import chat.chatto.http.health.Health;
import chat.chatto.http.health.Readiness;
import chat.chatto.http.routing.InFlight;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.function.Predicate;

/** Serves metrics to Prometheus, at an address of its own that need not be public. Called by one thread. */
public final class MetricsServer implements AutoCloseable {

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpConfig config;
    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private @Nullable Undertow undertow;

    @Inject
    public MetricsServer(
            HttpConfig config,
            PrometheusMeterRegistry registry,
            Readiness readiness,
            Health health,
            InFlight inFlight) {
        this.config = config;
        this.registry = registry;
        Info.builder()
                .name("chatto_build")
                .help("The version that runs")
                .labelNames("version")
                .register(registry.getPrometheusRegistry())
                .setLabelValues(config.version());
        truth(registry, "chatto.ready", readiness, each -> each.unready().isEmpty());
        truth(registry, "chatto.nats.connected", health, Health::connected);
        Gauge.builder("chatto.http.requests.in.flight", inFlight, InFlight::count)
                .register(registry);
    }

    /** Begins to listen, if metrics are wanted. */
    void start() {
        HttpConfig.Metrics metrics = config.metrics();
        if (!metrics.enabled()) {
            return;
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbage.bindTo(registry);
        Undertow started =
                Undertow.builder()
                        .addHttpListener(metrics.port(), metrics.bindAddress())
                        .setIoThreads(1)
                        .setWorkerThreads(1)
                        .setHandler(this::answer)
                        .build();
        started.start();
        undertow = started;
    }

    /** The port that is listened on. */
    public int port() {
        if (undertow == null) {
            throw new IllegalStateException("Metrics are not served");
        }
        return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    @Override
    public void close() {
        garbage.close();
        if (undertow != null) {
            undertow.stop();
            undertow = null;
        }
    }

    private void answer(HttpServerExchange exchange) {
        if (!exchange.getRelativePath().equals(config.metrics().path())) {
            exchange.setStatusCode(StatusCodes.NOT_FOUND);
            exchange.endExchange();
            return;
        }
        exchange.dispatch(
                () -> {
                    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, FORMAT);
                    exchange.getResponseSender().send(registry.scrape());
                });
    }

    private static <T> void truth(
            MeterRegistry registry, String name, T owner, Predicate<T> holds) {
        Gauge.builder(name, owner, each -> holds.test(each) ? 1 : 0).register(registry);
    }
}
