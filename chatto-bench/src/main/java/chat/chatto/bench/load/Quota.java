package chat.chatto.bench.load;

import chat.chatto.bench.http.HttpReply;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Posts a given number of messages as fast as the server takes them. */
public final class Quota {

    private final ChattoApi api;
    private final List<Account> accounts;
    private final int bodyBytes;
    private final long seed;

    /** @param accounts members of all rooms that are posted to */
    public Quota(ChattoApi api, List<Account> accounts, int bodyBytes, long seed) {
        this.api = api;
        this.accounts = List.copyOf(accounts);
        this.bodyBytes = bodyBytes;
        this.seed = seed;
    }

    /**
     * Posts that many messages.
     *
     * @throws IllegalStateException when a post fails, since then the number would not be what was asked for
     */
    public void post(int posters, long messages, List<String> rooms) throws InterruptedException {
        AtomicLong left = new AtomicLong(messages);
        Workers.run(
                posters,
                index ->
                        () -> {
                            Account account = accounts.get(index % accounts.size());
                            Outcomes outcomes = new Outcomes();
                            try (Poster poster =
                                    new Poster(
                                            api.connect(account),
                                            rooms,
                                            index,
                                            bodyBytes,
                                            new SplittableRandom(seed + index + 1))) {
                                while (left.getAndDecrement() > 0) {
                                    long start = System.nanoTime();
                                    HttpReply reply = poster.post();
                                    if (!reply.succeeded()) {
                                        throw new IOException(
                                                "the server answered "
                                                        + reply.status()
                                                        + ": "
                                                        + reply.text());
                                    }
                                    outcomes.answered(
                                            reply.status(), System.nanoTime() - start, true);
                                }
                            }
                            return outcomes;
                        });
    }
}
