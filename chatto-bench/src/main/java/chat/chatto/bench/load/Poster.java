package chat.chatto.bench.load;

import chat.chatto.bench.http.HttpConnection;
import chat.chatto.bench.http.HttpReply;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/** One user who posts messages on a connection of its own. Not thread-safe. */
final class Poster implements AutoCloseable {

    private final HttpConnection connection;
    private final List<String> paths;
    private final MessageText text;
    private final UuidV7 keys;
    private int next;

    /**
     * @param rooms posted to in turn
     * @param first the index of the room to begin with, modulo their number
     */
    Poster(
            HttpConnection connection,
            List<String> rooms,
            int first,
            int bodyBytes,
            SplittableRandom random) {
        this.connection = connection;
        this.paths = rooms.stream().map(room -> "/api/v1/rooms/" + room + "/messages").toList();
        this.next = first;
        this.text = new MessageText(bodyBytes, random);
        this.keys = new UuidV7(InstantSource.system(), random);
    }

    /** Posts the next message once, with a fresh key; whatever comes back is final. */
    HttpReply post() throws IOException {
        return post(text.next());
    }

    /** Posts a body that needs no JSON escapes. */
    HttpReply post(String body) throws IOException {
        String path = paths.get(Math.floorMod(next++, paths.size()));
        return connection.send("POST", path, "{\"body\":\"" + body + "\"}", keys.next().toString());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
