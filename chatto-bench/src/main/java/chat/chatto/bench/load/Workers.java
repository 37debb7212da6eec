package chat.chatto.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs blocking workers side by side, one platform thread each: for blocking sockets they cost less than virtual ones. */
final class Workers {

    private Workers() {}

    /** A worker's whole run. */
    interface Worker {
        Outcomes run() throws Exception;
    }

    /** Runs all workers to their end and gathers what became of their requests. */
    static Outcomes run(int count, IntFunction<Worker> workers) throws InterruptedException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(
                        count, Thread.ofPlatform().name("worker-", 0).factory())) {
            List<Future<Outcomes>> running = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                running.add(threads.submit(workers.apply(index)::run));
            }
            Outcomes all = new Outcomes();
            for (Future<Outcomes> worker : running) {
                all.add(worker.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a worker failed", e.getCause());
        }
    }
}
