package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What a commit costs the processor on its way into the log and from the log into a page. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimelineBenchmark {

    private static final RoomId ROOM = new RoomId("R0123456789abc");
    private static final int SEALED_BYTES = 329;
    private static final long AT_MILLIS = 1_790_000_000_000L;

    @Param({"1", "16", "64"})
    public int events;

    private List<Event> posts;
    private byte[] content;
    private Commit commit;
    private Page empty;

    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        posts = new ArrayList<>();
        for (int ordinal = 0; ordinal < events; ordinal++) {
            byte[] sealed = new byte[SEALED_BYTES];
            random.nextBytes(sealed);
            posts.add(
                    new Event.Post(
                            new MessageAddress(TimelineId.main(ROOM), ordinal),
                            new UserId("U0123456789ab" + ordinal % 10),
                            AT_MILLIS,
                            "M0123456789a" + ordinal,
                            sealed,
                            OptionalLong.empty(),
                            "01890a5d-ac96-774b-bcce-b302099a8057",
                            Mentions.NONE,
                            Optional.empty(),
                            Optional.empty(),
                            List.of()));
        }
        content = encode();
        commit = decode();
        empty = Page.empty(PageKey.of(posts.getFirst().address()));
    }

    @Benchmark
    public byte[] encode() {
        return CommitCodec.encode(new CommitId(1, 2), RoomTip.EMPTY, events - 1, AT_MILLIS, posts);
    }

    @Benchmark
    public Commit decode() {
        return CommitCodec.decode(ROOM, 1, content);
    }

    @Benchmark
    public ChainHash hash() {
        return ChainHash.after(content);
    }

    @Benchmark
    public Page fold() {
        return empty.apply(commit);
    }
}
