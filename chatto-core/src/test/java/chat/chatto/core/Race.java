package chat.chatto.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Lets several threads do something at the same moment. */
public final class Race {

    private Race() {}

    /** Why those were refused who lost; those who were not refused won. */
    public static List<ErrorCode> refusals(int runners, IntConsumer run) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<ErrorCode> refusals = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> outcomes = new ArrayList<>();
            for (int n = 0; n < runners; n++) {
                int runner = n;
                Callable<Boolean> task =
                        () -> {
                            start.await();
                            run.accept(runner);
                            return true;
                        };
                outcomes.add(threads.submit(task));
            }
            start.countDown();
            for (Future<?> outcome : outcomes) {
                try {
                    outcome.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof ChattoException refusal)) {
                        throw e;
                    }
                    refusals.add(refusal.code());
                }
            }
        }
        return refusals;
    }
}
