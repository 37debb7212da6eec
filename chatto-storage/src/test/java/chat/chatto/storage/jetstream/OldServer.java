package chat.chatto.storage.jetstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks as much of NATS's protocol as it takes to connect and to learn the version. */
final class OldServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String greeting;

    OldServer(String version) throws IOException {
        greeting =
                "INFO {\"server_id\":\"OLD\",\"server_name\":\"old\",\"version\":\""
                        + version
                        + "\",\"headers\":true,\"max_payload\":1048576,\"jetstream\":true}\r\n";
        Thread.ofPlatform().daemon().name("old nats-server").start(this::listen);
    }

    String url() {
        return "nats://127.0.0.1:" + socket.getLocalPort();
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            OutputStream out = client.getOutputStream();
            out.write(greeting.getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("PING")) {
                    out.write("PONG\r\n".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            return; // the client went away
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
