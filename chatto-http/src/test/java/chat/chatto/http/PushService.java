package chat.chatto.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A little push service: it answers as it is told, and brings what it takes to the devices that subscribed. */
final class PushService implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, PushDevice> devices = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> answers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Stands for a service that takes a message and never answers. */
    static final int SILENCE = 0;

    PushService(String address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** A browser that subscribes here; what comes for it is answered with these statuses in turn, then with 201. */
    PushDevice subscribe(Integer... statuses) {
        String path = "/" + devices.size();
        var device =
                new PushDevice(
                        "http://"
                                + server.getAddress().getAddress().getHostAddress()
                                + ":"
                                + server.getAddress().getPort()
                                + path);
        answers.put(path, new CopyOnWriteArrayList<>(statuses));
        devices.put(path, device);
        return device;
    }

    private void take(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        List<Integer> planned = answers.getOrDefault(path, List.of());
        int status = planned.isEmpty() ? 201 : planned.removeFirst();
        Optional.ofNullable(devices.get(path))
                .ifPresent(device -> device.arrived(status, exchange.getRequestHeaders(), body));
        if (status == SILENCE) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
