package chat.chatto.core.notification;

import chat.chatto.storage.UnavailableException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real logs and buckets of a server that dies: after a number of writes, none of its further ones is answered. The first of these is
 * carried out, or not.
 */
final class DyingStorage {

    private static final Set<String> WRITES = Set.of("append", "create", "update", "put", "purge");

    private final AtomicInteger writesLeft;
    private final boolean lastWords;

    /** @param lastWords whether the first write without an answer is carried out */
    DyingStorage(int writes, boolean lastWords) {
        this.writesLeft = new AtomicInteger(writes);
        this.lastWords = lastWords;
    }

    boolean dead() {
        return writesLeft.get() < 0;
    }

    <T> T of(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            boolean dies =
                                    WRITES.contains(method.getName())
                                            && writesLeft.decrementAndGet() < 0;
                            if (dies && !(lastWords && writesLeft.get() == -1)) {
                                throw new UnavailableException("The server is dead");
                            }
                            try {
                                Object result = method.invoke(real, arguments);
                                if (dies) {
                                    throw new UnavailableException("The server died just now");
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
