package chat.chatto.core.search;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.storage.Following;

import jakarta.inject.Inject;

import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Finds messages. What somebody may read is decided when they search: first by the rooms that are looked in, then again for each message
 * found, which is read as it is now. Safe for use by many threads.
 */
public final class Search implements AutoCloseable {

    /** The most messages at once. */
    public static final int LIMIT = 100;

    /** How many messages where nobody asks for a number. */
    public static final int DEFAULT_LIMIT = 50;

    /** Searches at once: each may keep a processor busy for a while. */
    private static final int AT_ONCE = 4;

    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(2);

    /** How often more is looked for where what was found may not be shown any more. */
    private static final int ROUNDS = 5;

    /** It says how it could be faster, on every start. The reference keeps what is said here in force. */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    private final SearchConfig config;
    private final Timelines timelines;
    private final DataKeys keys;
    private final WishReader wishes;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private @Nullable Indexer indexer;
    private @Nullable Following destroyed;

    @Inject
    public Search(
            SearchConfig config,
            Timelines timelines,
            RoomDirectory rooms,
            RoomAccess access,
            Accounts accounts,
            DataKeys keys) {
        this.config = config;
        this.timelines = timelines;
        this.keys = keys;
        this.wishes = new WishReader(rooms, access, accounts);
    }

    /** Begins to fill the index, where there is to be one; nothing waits for it. */
    public void start() {
        if (!config.enabled()) {
            return;
        }
        LUCENE.setLevel(Level.SEVERE);
        var filler =
                new Indexer(
                        new IndexDirectory(config.directory()),
                        IntStream.rangeClosed(1, timelines.shards())
                                .mapToObj(timelines::contents)
                                .toList());
        indexer = filler;
        destroyed = keys.onDestroyed(owner -> filler.forget(new UserId(owner.id())));
        filler.start();
    }

    /** Whether anything can be searched for on this server. */
    public boolean enabled() {
        return config.enabled();
    }

    /** How the index is. */
    public SearchState state() {
        Indexer filler = indexer;
        return filler == null ? SearchState.of(SearchState.Phase.OFF) : filler.state();
    }

    /**
     * Finds messages that a reader may read.
     *
     * @throws ChattoException INVALID for a query that cannot be understood, NOT_FOUND or FORBIDDEN for a room that the reader may not read
     *     and where nothing can be searched for, UNAVAILABLE while the index cannot be used
     */
    public SearchResult find(UserId reader, SearchRequest request) {
        Indexer filler = indexer;
        if (filler == null) {
            throw ChattoException.notFound(
                    "Search is off on this server: an operator can switch it on by"
                            + " search.enabled");
        }
        if (request.limit() < 1 || request.limit() > LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + LIMIT);
        }
        Wish wish = wishes.read(reader, request);
        boolean ready = filler.searchedLately();
        SearchIndex index = filler.index().orElseThrow(() -> closed(filler.state()));
        return inTurn(
                () -> {
                    try {
                        if (!ready) {
                            index.refresh();
                        }
                        return find(reader, wish, request.limit(), index, filler.state());
                    } catch (AlreadyClosedException e) {
                        throw closed(e);
                    } catch (TookTooLongException e) {
                        throw ChattoException.unavailable(
                                SOON, "The search took too long: look for less", e);
                    } catch (ChattoException e) {
                        throw e;
                    } catch (IOException | RuntimeException e) {
                        filler.broke(index, e);
                        throw closed(e);
                    }
                });
    }

    private static ChattoException closed(SearchState state) {
        String why = state.problem().isEmpty() ? "it is being opened" : state.problem();
        return ChattoException.unavailable(
                SOON, "The search index cannot be used at the moment: " + why, null);
    }

    private static ChattoException closed(Exception cause) {
        return ChattoException.unavailable(
                SOON, "The search index cannot be used at the moment: retry soon", cause);
    }

    private <T> T inTurn(Supplier<T> search) {
        try {
            if (!turns.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ChattoException.unavailable(
                        SOON, "Many people search at once: retry in a moment", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw closed(e);
        }
        try {
            return search.get();
        } finally {
            turns.release();
        }
    }

    private SearchResult find(
            UserId reader, Wish first, int limit, SearchIndex index, SearchState state)
            throws IOException {
        List<SearchHit> hits = new ArrayList<>();
        Wish wish = first;
        Optional<String> next = Optional.empty();
        for (int round = 0; round < ROUNDS; round++) {
            Wish part = wish;
            int most = limit - hits.size() + 1;
            Finder.Matches matches =
                    index.read(
                            searcher -> new Finder(searcher, config.languages()).find(part, most));
            List<Optional<Message>> messages = read(reader, matches.found());
            for (int at = 0; at < messages.size(); at++) {
                if (hits.size() == limit) {
                    return new SearchResult(hits, next, state);
                }
                messages.get(at).map(message -> hit(message, matches)).ifPresent(hits::add);
                next = Optional.of(matches.found().get(at).place().toString());
            }
            if (matches.complete()) {
                return new SearchResult(hits, Optional.empty(), state);
            }
            wish = wish.after(matches.found().getLast().place());
        }
        return new SearchResult(hits, next, state);
    }

    private static SearchHit hit(Message message, Finder.Matches matches) {
        return new SearchHit(message, Excerpts.of(message, matches.clauses()), Optional.empty());
    }

    /** The messages as they are now, all read at the same time; empty for those that the reader may not see or that say nothing now. */
    private List<Optional<Message>> read(UserId reader, List<Finder.Found> found) {
        List<Optional<Message>> messages = new ArrayList<>(found.size());
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Message>>> reads = new ArrayList<>(found.size());
            found.forEach(one -> reads.add(() -> read(reader, one)));
            for (Future<Optional<Message>> message : tasks.invokeAll(reads)) {
                messages.add(message.get());
            }
            return messages;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw closed(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Optional<Message> read(UserId reader, Finder.Found found) {
        try {
            return Optional.of(timelines.message(reader, found.address())).filter(Texts::any);
        } catch (ChattoException e) {
            if (e.code() == ErrorCode.UNAVAILABLE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (destroyed != null) {
            destroyed.close();
        }
        if (indexer != null) {
            indexer.close();
        }
    }
}
