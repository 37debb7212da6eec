package chat.chatto.storage.jetstream;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a nats-server says of itself to everybody who connects, before it asks who that is.
 *
 * @param id identifies one run of the server
 * @param offersTls whether it can, or will only, speak TLS
 * @param others addresses of servers of the same cluster, host and port
 */
record Greeting(
        String id,
        String name,
        String version,
        boolean demandsTls,
        boolean offersTls,
        List<String> others) {

    private static final int LONGEST = 64 << 10;
    private static final String VERB = "INFO ";

    /**
     * Connects and listens to it.
     *
     * @throws IOException when nobody, or something else, is there
     */
    static Greeting from(ServerAddress address, Duration patience) throws IOException {
        try (Socket socket = connect(address, patience)) {
            return read(socket);
        }
    }

    static Socket connect(ServerAddress address, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(
                    new InetSocketAddress(address.host(), address.port()),
                    (int) patience.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    static Greeting read(Socket socket) throws IOException {
        String line = firstLine(socket.getInputStream());
        if (!line.startsWith(VERB)) {
            throw new IOException("what answers there is not NATS");
        }
        try {
            JsonObject info =
                    JsonParser.parseString(line.substring(VERB.length())).getAsJsonObject();
            boolean demandsTls = flag(info, "tls_required");
            return new Greeting(
                    text(info, "server_id"),
                    text(info, "server_name"),
                    text(info, "version"),
                    demandsTls,
                    demandsTls || flag(info, "tls_available"),
                    texts(info, "connect_urls"));
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("what answers there is not NATS", e);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST];
        int length = 0;
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (length == LONGEST) {
                throw new IOException("what answers there is not NATS");
            }
            line[length++] = (byte) next;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8).strip();
    }

    private static String text(JsonObject info, String field) {
        return info.has(field) ? info.get(field).getAsString() : "";
    }

    private static boolean flag(JsonObject info, String field) {
        return info.has(field) && info.get(field).getAsBoolean();
    }

    private static List<String> texts(JsonObject info, String field) {
        JsonArray array = info.has(field) ? info.getAsJsonArray(field) : new JsonArray();
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.getAsString())
                .toList();
    }
}
