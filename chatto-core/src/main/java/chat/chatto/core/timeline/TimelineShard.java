package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.storage.Leases;
import chat.chatto.storage.Storage;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One shard with everything that works on it: sequencers, folder and fan-out. Safe for use by many threads. */
final class TimelineShard implements AutoCloseable {

    private final Shard state;
    private final FanOut fanOut;
    private final Leases leases;
    private final CommitIds ids;
    private final InstantSource clock;
    private final TimelineLimits limits;
    private final Map<RoomId, RoomSequencer> sequencers = new ConcurrentHashMap<>();
    private Leases.@Nullable Candidacy folding;

    TimelineShard(
            int number,
            Storage storage,
            PageCache cache,
            PageFile file,
            KeyWindow window,
            MessageReader messages,
            SecureRandom random,
            InstantSource clock,
            TimelineLimits limits) {
        this.state =
                new Shard(
                        number,
                        storage.rooms(number),
                        storage.pages(number),
                        cache,
                        file,
                        window,
                        limits);
        this.fanOut = new FanOut(state, new EventReader(state, messages));
        this.leases = storage.leases();
        this.ids = new CommitIds(random);
        this.clock = clock;
        this.limits = limits;
    }

    Shard state() {
        return state;
    }

    FanOut fanOut() {
        return fanOut;
    }

    RoomSequencer sequencer(RoomId room) {
        return sequencers.computeIfAbsent(
                room, id -> new RoomSequencer(state, state.room(id), ids, clock, limits));
    }

    void start() throws InterruptedException {
        state.start();
        fanOut.start();
        var folder = new Folder(state, clock, limits, this::checkpoint);
        folding = leases.contend("fold-" + state.number(), folder);
    }

    private void checkpoint(RoomId room, long after) {
        sequencer(room).execute(new Operation.Checkpoint(room, after));
    }

    @Override
    public void close() {
        if (folding != null) {
            folding.close();
        }
        fanOut.close();
        state.close();
    }
}
