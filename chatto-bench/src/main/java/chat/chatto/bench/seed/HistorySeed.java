package chat.chatto.bench.seed;

import chat.chatto.bench.load.MessageText;
import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AttachmentSource;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.MentionDirectory;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.PageFileConfig;
import chat.chatto.core.timeline.TimelineAccess;
import chat.chatto.core.timeline.TimelineAction;
import chat.chatto.core.timeline.TimelineLimits;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.RootSecret;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.Storage;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes history through the timeline engine, as a server does that very many people post through: same commits, same encryption, same
 * folding. Only rooms of the first shard.
 */
public final class HistorySeed {

    private static final int POSTING_AT_ONCE = 512;
    private static final int ATTEMPTS = 100;

    private final Storage storage;
    private final RootSecret secret;
    private final Function<SplittableRandom, Supplier<String>> texts;
    private final long seed;

    /** @param secretKey the server's {@code core.secret_key} */
    public HistorySeed(Storage storage, String secretKey, int bodyBytes, long seed) {
        this(storage, secretKey, random -> new MessageText(bodyBytes, random)::next, seed);
    }

    /** @param texts makes what each of the posters says, one after the other */
    public HistorySeed(
            Storage storage,
            String secretKey,
            Function<SplittableRandom, Supplier<String>> texts,
            long seed) {
        this.storage = storage;
        this.secret = RootSecret.of(secretKey);
        this.texts = texts;
        this.seed = seed;
    }

    /**
     * Posts, spread evenly over rooms and authors; returns when all is stored.
     *
     * @throws IllegalStateException when a message could not be posted
     */
    public void write(long messages, List<RoomId> rooms, List<UserId> authors)
            throws InterruptedException {
        try (DataKeys keys = DataKeys.open(storage.bucket(Bucket.ENCRYPTION_KEYS), secret);
                Timelines timelines =
                        new Timelines(
                                storage,
                                keys,
                                new Everyone(),
                                MentionDirectory.EMPTY,
                                InstantSource.system(),
                                new SecureRandom(),
                                TimelineLimits.standard(),
                                PageFileConfig.none(),
                                AttachmentSource.NONE);
                ExecutorService posters = Executors.newVirtualThreadPerTaskExecutor()) {
            timelines.start();
            AtomicLong next = new AtomicLong();
            List<Future<?>> posting = new ArrayList<>();
            for (int poster = 0; poster < POSTING_AT_ONCE; poster++) {
                Supplier<String> text = texts.apply(new SplittableRandom(seed + poster + 1));
                posting.add(
                        posters.submit(
                                () -> {
                                    for (long number = next.getAndIncrement();
                                            number < messages;
                                            number = next.getAndIncrement()) {
                                        RoomId room = rooms.get((int) (number % rooms.size()));
                                        UserId author =
                                                authors.get(
                                                        (int)
                                                                (number
                                                                        / rooms.size()
                                                                        % authors.size()));
                                        post(timelines, author, room, NewMessage.of(text.get()));
                                    }
                                    return null;
                                }));
            }
            for (Future<?> poster : posting) {
                poster.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a message could not be posted", e.getCause());
        }
    }

    /** The engine refuses posts while too much waits to be folded; seeding is always ahead of folding. */
    private static void post(Timelines timelines, UserId author, RoomId room, NewMessage message)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                timelines.post(author, room, message, Optional.empty());
                return;
            } catch (ChattoException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(Duration.ofMillis(200));
            }
        }
    }

    /** Whoever may start this program on a server's storage may write anywhere. */
    private static final class Everyone implements TimelineAccess {

        private static final int FIRST_SHARD = 1;

        @Override
        public int shard(RoomId room) {
            return FIRST_SHARD;
        }

        @Override
        public void checkRead(UserId user, RoomId room) {}

        @Override
        public boolean mayRead(UserId user, RoomId room) {
            return true;
        }

        @Override
        public void checkWrite(UserId user, RoomId room) {}

        @Override
        public void check(UserId user, RoomId room, TimelineAction action) {}

        @Override
        public boolean mayModerate(UserId user, RoomId room) {
            return false;
        }
    }
}
