package chat.chatto.core.notification;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Does the same for many, a few at a time. */
final class ParallelWrites {

    /** Writes that are on their way at once: keeps the disk busy, and leaves others their turn. */
    private static final int PARALLEL = 16;

    private ParallelWrites() {}

    /** Returns when all are done, with the first failure if there was one. */
    static <T> void each(Collection<T> items, Consumer<T> write) throws InterruptedException {
        var slots = new Semaphore(PARALLEL);
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writes = new ArrayList<>(items.size());
            for (T item : items) {
                slots.acquire();
                writes.add(
                        tasks.submit(
                                () -> {
                                    try {
                                        write.accept(item);
                                    } finally {
                                        slots.release();
                                    }
                                }));
            }
            for (Future<?> one : writes) {
                one.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
