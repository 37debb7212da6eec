package chat.chatto.acceptance.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stretch of network between two processes. While it is cut nothing passes and nobody is told: connections stay open, as they do when a
 * cable is pulled. What was on its way arrives when it is mended, as TCP has it. Safe for use by many threads.
 */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final ServerSocket entrance;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private boolean cut; // guarded by lock
    private volatile boolean closed;

    private Relay(ServerSocket entrance, int target) {
        this.entrance = entrance;
        this.target = target;
    }

    /** Leads from a free port to another, both on the loopback interface. */
    static Relay to(int port) {
        try {
            ServerSocket entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            Relay relay = new Relay(entrance, port);
            Thread.ofVirtual().name("relay to " + port).start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return entrance.getLocalPort();
    }

    void cut() {
        set(true);
    }

    void mend() {
        set(false);
    }

    private void set(boolean isCut) {
        lock.lock();
        try {
            cut = isCut;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = entrance.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket near) {
        try {
            awaitPassage();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            Thread.ofVirtual().start(() -> pass(near, far));
            pass(far, near);
        } catch (IOException _) {
            end(near); // nobody listens there at the moment
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, length);
            }
            awaitPassage();
        } catch (IOException _) {
            // One side is gone, so the other is let go, too.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitPassage() {
        lock.lock();
        try {
            while (cut && !closed) {
                mended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        mend();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(this::end);
    }
}
