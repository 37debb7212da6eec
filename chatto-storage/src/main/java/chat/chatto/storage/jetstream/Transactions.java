package chat.chatto.storage.jetstream;

import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import io.nats.client.NUID;
import io.nats.client.impl.Headers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Several writes to one stream of which all or none happen: JetStream's atomic batch publish. The messages of a batch carry its id and
 * their number in it; only the last one, which commits, is answered. Safe for use by many threads.
 */
final class Transactions {

    private static final int MAXIMUM_WRITES = 500;

    /** nats-server stages at most 50 batches of a stream at once, for all its clients. */
    private static final int MAXIMUM_CONCURRENT = 8;

    private static final String BATCH_ID = "Nats-Batch-Id";
    private static final String BATCH_SEQUENCE = "Nats-Batch-Sequence";
    private static final String BATCH_COMMIT = "Nats-Batch-Commit";
    private static final byte[] EMPTY = {};

    private final Link link;
    private final Semaphore permits = new Semaphore(MAXIMUM_CONCURRENT);

    Transactions(Link link) {
        this.link = link;
    }

    /** Does all writes or none; returns the sequence of the last. */
    long commit(StreamHandle stream, List<Write> writes) {
        Map<String, Long> expected = check(stream, writes);
        permits.acquireUninterruptibly();
        try {
            return attempts(stream, writes, expected);
        } finally {
            permits.release();
        }
    }

    /** What each key's newest sequence is expected to be. */
    private static Map<String, Long> check(StreamHandle stream, List<Write> writes) {
        if (writes.isEmpty() || writes.size() > MAXIMUM_WRITES) {
            throw new IllegalArgumentException(
                    "A transaction has 1 to " + MAXIMUM_WRITES + " writes, not " + writes.size());
        }
        Map<String, Long> expected = new HashMap<>();
        for (Write write : writes) {
            stream.writer().checkSize(body(write));
            long sequence =
                    switch (write) {
                        case Write.Put _ -> StreamWriter.ANY;
                        case Write.Create _ -> 0L;
                        case Write.Update(_, _, var revision) -> revision;
                        case Write.Remove(_, var revision) -> revision;
                    };
            if (expected.put(Keys.checked(write.key()), sequence) != null) {
                throw new IllegalArgumentException(
                        "A transaction writes each key once, but " + write.key() + " occurs twice");
            }
        }
        return expected;
    }

    private long attempts(StreamHandle stream, List<Write> writes, Map<String, Long> expected) {
        Deadline deadline = link.deadline();
        while (true) {
            Answer answer = send(stream, writes, expected, deadline);
            switch (answer) {
                case Answer.Done(var ack) -> {
                    return ack.get("seq").getAsLong();
                }
                case Answer.Failed(var error) -> {
                    switch (error.code()) {
                        case ApiError.WRONG_LAST_SEQUENCE, ApiError.SUBJECT_IN_PROCESS ->
                                settle(stream, writes, expected, error);
                        case ApiError.INCOMPLETE_BATCH, ApiError.TOO_MANY_BATCHES -> {}
                        default -> {
                            if (!error.isTransient()) {
                                throw new RefusedException(
                                        "JetStream refuses a transaction on "
                                                + stream.name()
                                                + ": "
                                                + error);
                            }
                        }
                    }
                }
                case Answer.NobodyThere() -> {}
            }
            if (deadline.passed()) {
                throw new UnavailableException(
                        "JetStream did not take a transaction on "
                                + stream.name()
                                + " in time: "
                                + answer);
            }
            deadline.pause();
        }
    }

    private Answer send(
            StreamHandle stream,
            List<Write> writes,
            Map<String, Long> expected,
            Deadline deadline) {
        String batch = NUID.nextGlobal();
        int last = writes.size() - 1;
        try {
            for (int i = 0; i < last; i++) {
                Write write = writes.get(i);
                link.connection()
                        .publish(
                                stream.subject(write.key()),
                                headers(stream, write, expected)
                                        .put(BATCH_ID, batch)
                                        .put(BATCH_SEQUENCE, Integer.toString(i + 1)),
                                body(write));
            }
        } catch (IllegalStateException e) {
            throw new UnavailableException("Not connected to NATS", e);
        }
        Write write = writes.get(last);
        Headers headers = headers(stream, write, expected);
        if (last > 0) {
            headers.put(BATCH_ID, batch)
                    .put(BATCH_SEQUENCE, Integer.toString(last + 1))
                    .put(BATCH_COMMIT, "1");
        }
        return link.attempt(
                stream.subject(write.key()), headers, body(write), deadline.remaining());
    }

    private static Headers headers(StreamHandle stream, Write write, Map<String, Long> expected) {
        Headers headers =
                write instanceof Write.Remove ? Removals.marker(stream.expires()) : new Headers();
        long sequence = expected.getOrDefault(write.key(), StreamWriter.ANY);
        if (sequence != StreamWriter.ANY) {
            headers.put(StreamWriter.EXPECTED_LAST, Long.toString(sequence));
        }
        return headers;
    }

    private static byte[] body(Write write) {
        return switch (write) {
            case Write.Put(_, var value) -> value;
            case Write.Create(_, var value) -> value;
            case Write.Update(_, var value, _) -> value;
            case Write.Remove _ -> EMPTY;
        };
    }

    /** Finds which expectation failed. Returns when another attempt makes sense, having corrected what a removed key is expected to be. */
    private static void settle(
            StreamHandle stream, List<Write> writes, Map<String, Long> expected, ApiError error) {
        for (Write write : writes) {
            long sequence = expected.getOrDefault(write.key(), StreamWriter.ANY);
            if (sequence == StreamWriter.ANY) {
                continue;
            }
            String subject = stream.subject(write.key());
            Optional<Stored> newest = stream.reader().lastOnLeader(subject);
            if (write instanceof Write.Create && newest.map(Stored::isRemoval).orElse(true)) {
                expected.put(write.key(), newest.map(Stored::sequence).orElse(0L));
            } else if (stream.writer().isConflict(error, newest, sequence)) {
                throw new ConflictException(
                        "Another write to " + subject + " came first: " + error);
            }
        }
    }
}
