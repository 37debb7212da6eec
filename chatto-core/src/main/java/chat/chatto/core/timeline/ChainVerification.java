package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.KeyValueStore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Reads a shard from beginning to end and holds it against the chain.
 *
 * <p>Of the log: each commit continues the one before it, the commits of the heads are those in the log, and no sequence is missing that
 * was not purged. Of the pages: each is as long as its room says, has all its parts, and was folded at a commit of the chain. What a page
 * says of commits that are purged is not covered by any hash.
 *
 * <p>Servers may write meanwhile. What is read first is what must be in what is read later, and a room whose pages look wrong is looked at
 * again, since its pages may just be being folded.
 */
final class ChainVerification {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LOOKS = 3;

    /** Pages are read only. */
    private static final int NO_SPILLING = Integer.MAX_VALUE;

    private static final String HEADS = "head";

    private final EventLog log;
    private final KeyValueStore documents;
    private final PageStore store;
    private final PinStore pins;
    private final Consumer<Verification> progress;
    private final Map<String, RoomChain> rooms = new TreeMap<>();
    private final LogHoles holes = new LogHoles();
    private int roomsDone;
    private long commits;
    private long pages;

    ChainVerification(EventLog log, KeyValueStore documents, Consumer<Verification> progress) {
        this.log = log;
        this.documents = documents;
        this.store = new PageStore(documents, NO_SPILLING);
        this.pins = new PinStore(documents);
        this.progress = progress;
    }

    Verification run() throws InterruptedException {
        FoldProgress begin = FoldProgress.readOrNone(documents);
        readHeads();
        holes.begin(begin.purgedThrough());
        long last = log.extent().last();
        readLog();
        holes.end(last);
        long purgedThrough = FoldProgress.readOrNone(documents).purgedThrough();
        for (RoomChain room : rooms.values()) {
            room.conclude(begin.foldedThrough(), purgedThrough);
        }
        for (RoomChain room : rooms.values()) {
            if (room.damage().isEmpty()) {
                readPages(room, begin.foldedThrough());
            }
            roomsDone++;
            progress.accept(state(List.of()));
        }
        return state(damages(purgedThrough));
    }

    private Verification state(List<Verification.Damage> damages) {
        return new Verification(rooms.size(), roomsDone, commits, pages, damages);
    }

    private List<Verification.Damage> damages(long purgedThrough) {
        List<Verification.Damage> damages = new ArrayList<>();
        for (RoomChain room : rooms.values()) {
            room.damage().ifPresent(damages::add);
            room.gaps().forEach(holes::explain);
            holes.explain(room.folded().sequence());
        }
        for (LogHoles.Hole hole : holes.unexplainedAfter(purgedThrough)) {
            damages.add(
                    new Verification.Damage(
                            Optional.empty(),
                            hole.first(),
                            "the log lacks the commits "
                                    + hole.first()
                                    + " to "
                                    + hole.last()
                                    + "; of which rooms they were cannot be told"));
        }
        return damages;
    }

    private void readHeads() throws InterruptedException {
        try (var heads =
                documents.watch(
                        HEADS,
                        change -> {
                            if (change instanceof KeyValueStore.Change.Put put) {
                                room(put.key().substring(HEADS.length() + 1))
                                        .head(put.value(), put.revision());
                            }
                        })) {
            heads.awaitCurrent(PATIENCE);
        }
    }

    private void readLog() throws InterruptedException {
        try (var records = log.follow(0, this::read)) {
            records.awaitCurrent(PATIENCE);
        }
    }

    private void read(EventLog.Entry record) {
        holes.next(record.sequence());
        room(record.key()).next(record.sequence(), record.content());
        commits++;
        progress.accept(state(List.of()));
    }

    private RoomChain room(String id) {
        return rooms.computeIfAbsent(id, name -> new RoomChain(new RoomId(name)));
    }

    private void readPages(RoomChain room, long foldedThrough) throws InterruptedException {
        for (int look = 1; ; look++) {
            try {
                checkPages(room, foldedThrough);
                return;
            } catch (DamagedException e) {
                if (look == LOOKS) {
                    room.damaged(room.folded().sequence(), String.valueOf(e.getMessage()));
                    return;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private void checkPages(RoomChain room, long foldedThrough) {
        PinBoard board = pins.load(room.room()).board();
        if (board.appliedSequence() > 0) {
            checkHash(room, "pins", board.appliedSequence(), board.appliedHash());
        }
        TimelineId main = TimelineId.main(room.room());
        long messages = room.folded().head() + 1;
        for (PageKey key : keys(main, messages)) {
            Page page = check(room, key, messages);
            for (int slot = 0; slot < page.entries().size(); slot++) {
                Entry entry = page.entries().get(slot);
                // A root and its replies are folded at once, but not in one step.
                if (entry.replies() > 0 && entry.sequence() <= foldedThrough) {
                    TimelineId thread = TimelineId.thread(room.room(), key.firstOrdinal() + slot);
                    for (PageKey part : keys(thread, entry.replies())) {
                        check(room, part, entry.replies());
                    }
                }
            }
        }
    }

    private static Iterable<PageKey> keys(TimelineId timeline, long messages) {
        long count = (messages + PageKey.SIZE - 1) / PageKey.SIZE;
        return () ->
                LongStream.range(0, count)
                        .mapToObj(number -> new PageKey(timeline, number))
                        .iterator();
    }

    /** @throws DamagedException when the page is shorter than its timeline, lacks a part, or was folded at another history */
    private Page check(RoomChain room, PageKey key, long messages) {
        Page page = store.load(key).page();
        pages++;
        progress.accept(state(List.of()));
        long wanted = Math.min(PageKey.SIZE, messages - key.firstOrdinal());
        if (page.entries().size() < wanted) {
            throw new DamagedException(
                    "page "
                            + key.documentKey()
                            + (page.entries().isEmpty()
                                    ? " is missing"
                                    : " has only "
                                            + page.entries().size()
                                            + " of "
                                            + wanted
                                            + " messages"));
        }
        checkHash(room, "page " + key.documentKey(), page.appliedSequence(), page.appliedHash());
        return page;
    }

    private void checkHash(RoomChain room, String what, long sequence, ChainHash hash) {
        Optional<ChainHash> expected = room.hashAt(sequence);
        if (expected.isEmpty() && sequence >= room.firstInLog()) {
            expected =
                    log.read(room.room().value(), sequence - 1, 1).stream()
                            .filter(entry -> entry.sequence() == sequence)
                            .map(entry -> ChainHash.after(entry.content()))
                            .findFirst();
            if (expected.isEmpty()
                    && sequence > FoldProgress.readOrNone(documents).purgedThrough()) {
                throw new DamagedException(
                        what
                                + " was folded at commit "
                                + sequence
                                + ", which the log does not hold");
            }
        }
        if (expected.isPresent() && !expected.get().equals(hash)) {
            throw new DamagedException(
                    what + " was folded at another commit " + sequence + " than the log holds");
        }
    }
}
