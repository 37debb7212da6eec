package chat.chatto.storage.jetstream;

import io.nats.client.Connection;
import io.nats.client.Nats;

/** Looks at a server as NATS's own tools would. */
final class NativeClient {

    private NativeClient() {}

    interface Action<T> {
        T on(Connection connection) throws Exception;
    }

    static <T> T ask(String url, Action<T> action) throws Exception {
        Connection connection = Nats.connect(url);
        try {
            return action.on(connection);
        } finally {
            connection.close();
        }
    }
}
