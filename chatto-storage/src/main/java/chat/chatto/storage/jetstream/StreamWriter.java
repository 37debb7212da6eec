package chat.chatto.storage.jetstream;

import chat.chatto.storage.ConflictException;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import io.nats.client.NUID;
import io.nats.client.impl.Headers;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes single messages to one stream, on condition or without. Each carries an id of its own: when an answer does not arrive, because
 * a leader died or the connection was lost, the same message is sent again, and the id tells whether the first one had been stored. Safe
 * for use by many threads.
 */
final class StreamWriter {

    /** No condition on the subject's newest message. */
    static final long ANY = -1;

    static final String EXPECTED_LAST = "Nats-Expected-Last-Subject-Sequence";

    /** The server refuses to store an id twice within the stream's duplicate window. */
    private static final String ID = "Nats-Msg-Id";

    private final Link link;
    private final StreamReader reader;
    private final boolean keepsHistory;
    private final int maximumSize;

    /**
     * Writes to one stream.
     *
     * @param keepsHistory whether a message stays when another one of its subject follows
     */
    StreamWriter(Link link, StreamReader reader, boolean keepsHistory, int maximumSize) {
        this.link = link;
        this.reader = reader;
        this.keepsHistory = keepsHistory;
        this.maximumSize = maximumSize;
    }

    /**
     * Stores a message and waits for the confirmation.
     *
     * @param expected the sequence of the subject's newest message, 0 for none, or {@link #ANY}
     * @return the sequence of the new message
     */
    long write(String subject, long expected, @Nullable Headers headers, byte[] body) {
        checkSize(body);
        link.checkConnected();
        Headers all = headers == null ? new Headers() : headers;
        if (expected != ANY) {
            all.put(EXPECTED_LAST, Long.toString(expected));
        }
        String id = NUID.nextGlobal();
        all.put(ID, id);
        return new Attempts(subject, expected, all, body, id).untilSettled();
    }

    void checkSize(byte[] body) {
        if (body.length > maximumSize) {
            throw new RefusedException(
                    body.length
                            + " bytes are more than the "
                            + maximumSize
                            + " that can be stored in one piece");
        }
    }

    /** The attempts to store one message. */
    private final class Attempts {
        private final String subject;
        private final long expected;
        private final Headers headers;
        private final byte[] body;
        private final String id;
        private final Deadline deadline = link.deadline();
        private boolean mayBeStored;

        Attempts(String subject, long expected, Headers headers, byte[] body, String id) {
            this.subject = subject;
            this.expected = expected;
            this.headers = headers;
            this.body = body;
            this.id = id;
        }

        long untilSettled() {
            while (true) {
                OptionalLong sequence = attempt();
                if (sequence.isPresent()) {
                    return sequence.getAsLong();
                }
                if (deadline.passed()) {
                    throw new UnavailableException(
                            "JetStream did not take a write to " + subject + " in time");
                }
                deadline.pause();
            }
        }

        /** Empty when another attempt makes sense. */
        private OptionalLong attempt() {
            try {
                return switch (link.attempt(subject, headers, body, link.patience(deadline))) {
                    case Answer.Done(var ack) -> OptionalLong.of(ack.get("seq").getAsLong());
                    case Answer.Failed(var error) -> refused(error);
                    case Answer.NobodyThere() -> OptionalLong.empty();
                };
            } catch (UnavailableException e) {
                mayBeStored = true;
                if (deadline.passed() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                return OptionalLong.empty();
            }
        }

        private OptionalLong refused(ApiError error) {
            if (error.code() == ApiError.WRONG_LAST_SEQUENCE
                    || error.code() == ApiError.SUBJECT_IN_PROCESS) {
                Optional<Stored> newest = reader.lastOnLeader(subject);
                return isConflict(error, newest, expected)
                        ? overtaken(error)
                        : OptionalLong.empty();
            }
            if (error.isTransient()) {
                return OptionalLong.empty();
            }
            throw new RefusedException("JetStream refuses a write to " + subject + ": " + error);
        }

        /** Something was stored after what was expected: it may be this very message, by an attempt that was not answered. */
        private OptionalLong overtaken(ApiError error) {
            if (mayBeStored) {
                Optional<Stored> next = reader.nextOnLeader(subject, expected + 1);
                if (next.isPresent() && next.get().hasHeader(ID, id)) {
                    return OptionalLong.of(next.get().sequence());
                }
                if (!keepsHistory) {
                    throw new UnavailableException(
                            "Another write to "
                                    + subject
                                    + " followed, and it is unknown what became of this one");
                }
            }
            throw new ConflictException("Another write to " + subject + " came first: " + error);
        }
    }

    /**
     * A refusal is final only if the subject has moved on. It has not where an earlier message is still being stored, or where a leader
     * that was just elected has not yet caught up with what it knows to be decided; a sequence that the leader does not know and that
     * is not beyond its end never was, or was removed.
     *
     * @param newest the subject's newest message, as the leader knows it after the refusal
     */
    boolean isConflict(ApiError error, Optional<Stored> newest, long expected) {
        long actual = newest.map(Stored::sequence).orElse(0L);
        if (actual == expected) {
            return false;
        }
        return actual > expected
                || (error.code() == ApiError.WRONG_LAST_SEQUENCE
                        && reader.lastSequence() >= expected);
    }
}
