package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.StorageException;
import chat.chatto.storage.UnavailableException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts this server's writes to one room in order. While a commit is on its way to storage, further writes gather; they make up the next
 * commit together (group commit). Each is validated against the room's exact latest state: when another server committed first,
 * storage refuses the commit, the sequencer catches up, validates again and retries.
 *
 * <p>A commit whose acknowledgement is missing is appended again as it is, until storage either accepts it or says that the
 * room went on; in that case the commits since tell whether the lost one is among them. Either way it is stored at most once, and nobody
 * is told of a failure when it was stored, unless storage stays away beyond the deadline: then the outcome is reported as unknown.
 *
 * <p>Safe for use by many threads. It occupies a virtual thread only while there is something to write.
 */
final class RoomSequencer {

    private static final Duration PAUSE = Duration.ofMillis(20);

    /** @param deadline in nanoseconds; what has not been planned by then is not carried out any more */
    private record Waiting(
            Operation operation, CompletableFuture<Operation.Outcome> outcome, long deadline) {}

    private record Planned(
            Waiting waiting,
            Operation.@Nullable Outcome outcome,
            @Nullable ChattoException refusal) {}

    private final Shard shard;
    private final RoomState room;
    private final IdempotencyKeys keys;
    private final CommitIds ids;
    private final InstantSource clock;
    private final TimelineLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean running;

    RoomSequencer(
            Shard shard,
            RoomState room,
            CommitIds ids,
            InstantSource clock,
            TimelineLimits limits) {
        this.shard = shard;
        this.room = room;
        this.keys = new IdempotencyKeys(shard);
        this.ids = ids;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Carries out an operation and waits for it to be stored.
     *
     * @throws ChattoException as the operation refuses, or UNAVAILABLE when the outcome is unknown or too many writes wait
     */
    Operation.Outcome execute(Operation operation) {
        var waiting =
                new Waiting(
                        operation,
                        new CompletableFuture<>(),
                        System.nanoTime() + limits.writeTimeout().toNanos());
        enqueue(waiting);
        try {
            return waiting.outcome()
                    .get(2 * limits.writeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChattoException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private void enqueue(Waiting waiting) {
        lock.lock();
        try {
            if (queue.size() >= limits.roomQueue()) {
                throw ChattoException.unavailable(
                        Duration.ofSeconds(1),
                        "Too many messages wait for this room: retry in a moment",
                        null);
            }
            queue.addLast(waiting);
            if (!running) {
                running = true;
                Thread.ofVirtual().name("sequencer-" + room.id()).start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
            try {
                process(batch);
            } catch (RuntimeException | Error e) {
                batch.forEach(waiting -> waiting.outcome().completeExceptionally(e));
                if (e instanceof Error) {
                    throw e;
                }
            }
        }
    }

    /** Takes what waits, within the bounds of one commit; empty when there is nothing and the thread may end. */
    private List<Waiting> next() {
        lock.lock();
        try {
            List<Waiting> batch = new ArrayList<>();
            int bytes = 0;
            for (Waiting first = queue.peekFirst(); first != null; first = queue.peekFirst()) {
                bytes += first.operation().weight();
                boolean full =
                        batch.size() == limits.commitEvents() || bytes > limits.commitBytes();
                if (full && !batch.isEmpty()) {
                    break;
                }
                batch.add(queue.removeFirst());
            }
            running = !batch.isEmpty();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void process(List<Waiting> taken) {
        List<Waiting> batch = taken;
        long deadline = System.nanoTime() + limits.writeTimeout().toNanos();
        try {
            boolean latest = false;
            while (true) {
                batch = inTime(batch);
                if (batch.isEmpty()) {
                    return;
                }
                var draft =
                        new Draft(
                                shard.tip(room),
                                now(),
                                key -> shard.page(key).page(),
                                () -> shard.pins(room).board(),
                                keys);
                List<Planned> planned;
                try {
                    planned = plan(batch, draft);
                } catch (StaleDraftException e) {
                    shard.catchUp(room);
                    continue;
                }
                boolean refused = planned.stream().anyMatch(plan -> plan.refusal() != null);
                if (refused && !latest) {
                    // Perhaps only this server does not know yet what the operation refers to.
                    shard.catchUp(room);
                    latest = true;
                    continue;
                }
                if (!draft.worthStoring() || store(draft, deadline)) {
                    planned.forEach(RoomSequencer::complete);
                    return;
                }
                latest = true;
            }
        } catch (DamagedException e) {
            fail(
                    batch,
                    ChattoException.of(ErrorCode.HISTORY_DAMAGED, String.valueOf(e.getMessage())));
        } catch (RefusedException e) {
            fail(
                    batch,
                    ChattoException.unavailable(
                            Duration.ofSeconds(30),
                            "Storage refuses to write: " + e.getMessage(),
                            e));
        } catch (StorageException e) {
            fail(batch, unavailable(e));
        }
    }

    /**
     * Refuses what has waited for too long, and returns the rest. Its author has turned to another server by now and may have gone on from
     * there: a server that was paused must not, when it wakes up, put an old edit over a newer one.
     */
    private static List<Waiting> inTime(List<Waiting> batch) {
        long now = System.nanoTime();
        List<Waiting> late =
                batch.stream().filter(waiting -> now - waiting.deadline() >= 0).toList();
        if (late.isEmpty()) {
            return batch;
        }
        fail(
                late,
                ChattoException.unavailable(
                        Duration.ofSeconds(1),
                        "This waited for too long and was not carried out: retry",
                        null));
        return batch.stream().filter(waiting -> !late.contains(waiting)).toList();
    }

    private List<Planned> plan(List<Waiting> batch, Draft draft) {
        room.damage()
                .ifPresent(
                        why -> {
                            throw new DamagedException("The room's history is damaged: " + why);
                        });
        List<Planned> planned = new ArrayList<>(batch.size());
        for (Waiting waiting : batch) {
            try {
                planned.add(new Planned(waiting, waiting.operation().plan(draft), null));
            } catch (ChattoException refusal) {
                planned.add(new Planned(waiting, null, refusal));
            }
        }
        return planned;
    }

    /**
     * Stores the draft, whatever becomes of acknowledgements.
     *
     * @return false when another server committed first, so that the operations must be planned again
     * @throws UnavailableException when the outcome is unknown at the deadline
     */
    private boolean store(Draft draft, long deadline) {
        CommitId id = ids.next();
        byte[] content =
                CommitCodec.encode(id, draft.tip(), draft.head(), draft.atMillis(), draft.events());
        while (true) {
            try {
                long sequence =
                        shard.log().append(room.id().value(), draft.tip().sequence(), content);
                shard.apply(room, commit(sequence, id, draft, content));
                return true;
            } catch (ConflictException e) {
                return landedBefore(id, draft);
            } catch (UnavailableException e) {
                if (System.nanoTime() - deadline >= 0) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    /**
     * Whether the commit that followed the draft's tip is this one: an earlier attempt whose acknowledgement was lost.
     *
     * @throws UnavailableException when that cannot be told any more
     */
    private boolean landedBefore(CommitId id, Draft draft) {
        var next = shard.log().read(room.id().value(), draft.tip().sequence(), 1);
        shard.catchUp(room);
        if (next.isEmpty()) {
            throw new UnavailableException(
                    "The log refused a commit for a newer one, but shows none");
        }
        EventLog.Entry entry = next.getFirst();
        Commit follower = CommitCodec.decode(room.id(), entry.sequence(), entry.content());
        if (follower.previousSequence() != draft.tip().sequence()) {
            throw new UnavailableException("The log was purged beyond the commit in question");
        }
        return follower.id().equals(id);
    }

    private Commit commit(long sequence, CommitId id, Draft draft, byte[] content) {
        RoomTip tip = draft.tip();
        return new Commit(
                room.id(),
                sequence,
                id,
                tip.sequence(),
                tip.hash(),
                ChainHash.after(content),
                draft.head(),
                draft.atMillis(),
                draft.events(),
                content.length);
    }

    private static void complete(Planned planned) {
        if (planned.refusal() != null) {
            planned.waiting().outcome().completeExceptionally(planned.refusal());
        } else {
            planned.waiting().outcome().complete(planned.outcome());
        }
    }

    private static void fail(List<Waiting> batch, ChattoException failure) {
        batch.forEach(waiting -> waiting.outcome().completeExceptionally(failure));
    }

    /** Never before the room's newest commit, so that times within a room do not run backwards between servers. */
    private long now() {
        return Math.max(clock.millis(), room.lastAtMillis());
    }

    private static void pause(UnavailableException reason) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    private static ChattoException unavailable(Exception cause) {
        return ChattoException.unavailable(
                Duration.ofSeconds(1),
                "Storage does not answer. Whether this was stored is unknown: retry with the same"
                        + " Idempotency-Key",
                cause);
    }
}
