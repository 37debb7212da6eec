package chat.chatto.storage.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.chatto.storage.ObjectStore;
import chat.chatto.storage.ObjectStore.Info;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class JetStreamObjectStoreIT {

    private static final int CHUNK = 256 << 10;

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private JetStreamStorage storage;
    private ObjectStore store;
    private String name;

    @BeforeEach
    void open(TestInfo test) {
        storage = nats.open();
        store = storage.assets();
        name = "a name with / and ü: " + test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void readsWhatWasPutFromAnyOffset() throws IOException {
        byte[] content = content(10 * CHUNK + 17);

        Info info = store.put(name, new ByteArrayInputStream(content));

        assertThat(info.size()).isEqualTo(content.length);
        assertThat(store.info(name)).contains(info);
        for (int offset :
                List.of(
                        0,
                        1,
                        CHUNK - 1,
                        CHUNK,
                        CHUNK + 1,
                        9 * CHUNK + 5,
                        content.length - 1,
                        content.length)) {
            assertThat(read(offset)).isEqualTo(Arrays.copyOfRange(content, offset, content.length));
        }
    }

    @Test
    void holdsEmptyObjects() throws IOException {
        assertThat(store.put(name, InputStream.nullInputStream()).size()).isZero();

        assertThat(read(0)).isEmpty();
    }

    @Test
    void knowsNothingOfWhatIsNotThere() {
        assertThat(store.info(name)).isEmpty();
        assertThat(store.read(name, 0)).isEmpty();
        store.remove(name);
    }

    @Test
    void refusesOffsetsOutsideTheObject() throws IOException {
        store.put(name, new ByteArrayInputStream(new byte[10]));

        assertThatThrownBy(() -> store.read(name, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.read(name, 11)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void replacesAndRemovesWithoutLeavingChunks() throws Exception {
        long before = messages();
        store.put(name, new ByteArrayInputStream(content(3 * CHUNK)));
        store.put(name, new ByteArrayInputStream(content(CHUNK + 1)));

        assertThat(read(0)).isEqualTo(content(CHUNK + 1));
        store.remove(name);

        assertThat(store.info(name)).isEmpty();
        assertThat(messages()).isEqualTo(before);
    }

    @Test
    void aFailedPutLeavesTheFormerObject() throws Exception {
        long before = messages();
        byte[] content = content(CHUNK + 1);
        store.put(name, new ByteArrayInputStream(content));
        InputStream broken =
                new SequenceInputStream(
                        new ByteArrayInputStream(new byte[3 * CHUNK]),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("The client went away");
                            }

                            @Override
                            public int read(byte[] target, int offset, int length)
                                    throws IOException {
                                return read();
                            }
                        });

        assertThatThrownBy(() -> store.put(name, broken)).isInstanceOf(IOException.class);

        assertThat(read(0)).isEqualTo(content);
        store.remove(name);
        assertThat(messages()).isEqualTo(before);
    }

    /** A process that is killed neither describes what it wrote nor tidies up. */
    @Test
    void removingAlsoTakesTheChunksOfAWriterThatDied() throws Exception {
        long before = messages();
        InputStream deadly =
                new SequenceInputStream(
                        new ByteArrayInputStream(new byte[3 * CHUNK]),
                        new InputStream() {
                            @Override
                            public int read() {
                                throw new ThreadDeathInTest();
                            }

                            @Override
                            public int read(byte[] target, int offset, int length) {
                                return read();
                            }
                        });

        assertThatThrownBy(() -> store.put(name, deadly)).isInstanceOf(ThreadDeathInTest.class);
        assertThat(messages()).isGreaterThan(before);
        assertThat(store.info(name)).isEmpty();
        store.remove(name);

        assertThat(messages()).isEqualTo(before);
    }

    private static final class ThreadDeathInTest extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Chunks of objects that are written at the same time lie between each other. */
    @Test
    void findsOffsetsAmongOtherObjectsChunks() throws Exception {
        List<Callable<Info>> writers =
                IntStream.range(0, 6)
                        .<Callable<Info>>mapToObj(
                                i ->
                                        () ->
                                                store.put(
                                                        name + i,
                                                        new ByteArrayInputStream(
                                                                content(20 * CHUNK + i))))
                        .toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Info> written : threads.invokeAll(writers)) {
                assertThat(written.get().size()).isGreaterThan(20L * CHUNK - 1);
            }
        }

        for (int i = 0; i < 6; i++) {
            byte[] content = content(20 * CHUNK + i);
            for (int chunk : List.of(1, 7, 13, 19)) {
                int offset = chunk * CHUNK + 3;
                try (InputStream in = store.read(name + i, offset).orElseThrow()) {
                    assertThat(in.readAllBytes())
                            .isEqualTo(Arrays.copyOfRange(content, offset, content.length));
                }
            }
            store.remove(name + i);
        }
    }

    @Test
    void natsToolsReadTheObjects() throws Exception {
        byte[] content = content(2 * CHUNK + 5);
        store.put(name, new ByteArrayInputStream(content));

        byte[] read =
                NativeClient.ask(
                        nats.url(),
                        connection -> {
                            ByteArrayOutputStream out = new ByteArrayOutputStream();
                            connection.objectStore("ASSETS").get(name, out);
                            return out.toByteArray();
                        });

        assertThat(read).isEqualTo(content);
        store.remove(name);
    }

    private byte[] read(long offset) throws IOException {
        try (InputStream in = store.read(name, offset).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private static long messages() throws Exception {
        return NativeClient.ask(
                nats.url(),
                connection ->
                        connection
                                .jetStreamManagement()
                                .getStreamInfo("OBJ_ASSETS")
                                .getStreamState()
                                .getMsgCount());
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
