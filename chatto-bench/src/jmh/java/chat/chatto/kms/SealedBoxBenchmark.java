package chat.chatto.kms;

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

import java.util.concurrent.TimeUnit;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Encrypting a message when it is posted, decrypting it whenever it is read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealedBoxBenchmark {

    private static final int KEY_BYTES = 32;

    @Param({"300", "10000"})
    public int bodyBytes;

    private final SealedBox box = new SealedBox();
    private final SecretKey key = new SecretKeySpec(new byte[KEY_BYTES], "AES");
    private final byte[] associatedData = new byte[28];
    private byte[] body;
    private byte[] sealed;

    @Setup
    public void prepare() {
        body = new byte[bodyBytes];
        sealed = box.seal(key, body, associatedData);
    }

    @Benchmark
    public byte[] seal() {
        return box.seal(key, body, associatedData);
    }

    @Benchmark
    public byte[] open() {
        return box.open(key, sealed, associatedData);
    }
}
