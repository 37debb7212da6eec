package chat.chatto.storage.jetstream;

import chat.chatto.storage.ConflictException;
import chat.chatto.storage.Follower;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;

import io.nats.client.impl.Headers;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A map as one stream that keeps the newest message of each subject, laid out like a NATS key-value bucket. */
final class JetStreamKeyValueStore implements KeyValueStore {

    private static final byte[] EMPTY = {};

    private final StreamHandle stream;
    private final Transactions transactions;

    JetStreamKeyValueStore(StreamHandle stream, Transactions transactions) {
        this.stream = stream;
        this.transactions = transactions;
    }

    @Override
    public Optional<Entry> get(String key) {
        return stream.reader()
                .last(subject(key))
                .filter(message -> !message.isRemoval())
                .map(message -> new Entry(key, message.data(), message.sequence()));
    }

    @Override
    public Map<String, Entry> get(Collection<String> keys) {
        List<String> subjects = keys.stream().map(this::subject).toList();
        return stream.reader().newestNow(subjects).stream()
                .filter(message -> !message.isRemoval())
                .map(
                        message ->
                                new Entry(
                                        stream.key(message.subject()),
                                        message.data(),
                                        message.sequence()))
                .collect(Collectors.toMap(Entry::key, entry -> entry));
    }

    @Override
    public long put(String key, byte[] value) {
        return stream.writer().write(subject(key), StreamWriter.ANY, null, value);
    }

    @Override
    public long put(String key, byte[] value, Duration timeToLive) {
        return stream.writer().write(subject(key), StreamWriter.ANY, lifetime(timeToLive), value);
    }

    @Override
    public long create(String key, byte[] value) {
        return createWith(key, value, null);
    }

    @Override
    public long create(String key, byte[] value, Duration timeToLive) {
        return createWith(key, value, lifetime(timeToLive));
    }

    private long createWith(String key, byte[] value, @Nullable Headers headers) {
        String subject = subject(key);
        try {
            return stream.writer().write(subject, 0, headers, value);
        } catch (ConflictException e) {
            Stored newest = stream.reader().lastOnLeader(subject).orElse(null);
            if (newest == null) {
                return stream.writer().write(subject, 0, headers, value);
            }
            if (newest.isRemoval()) {
                return stream.writer().write(subject, newest.sequence(), headers, value);
            }
            throw e;
        }
    }

    @Override
    public long update(String key, byte[] value, long expectedRevision) {
        return stream.writer().write(subject(key), expectedRevision, null, value);
    }

    @Override
    public long update(String key, byte[] value, long expectedRevision, Duration timeToLive) {
        return stream.writer().write(subject(key), expectedRevision, lifetime(timeToLive), value);
    }

    @Override
    public void remove(String key) {
        if (get(key).isPresent()) {
            stream.writer()
                    .write(
                            subject(key),
                            StreamWriter.ANY,
                            Removals.marker(stream.expires()),
                            EMPTY);
        }
    }

    @Override
    public long transact(List<Write> writes) {
        return transactions.commit(stream, writes);
    }

    @Override
    public Following watch(String prefix, Follower<Change> follower) {
        return watchAfter(0, prefix, follower);
    }

    @Override
    public Following watchChanges(String prefix, Follower<Change> follower) {
        return watchAfter(stream.reader().lastSequence(), prefix, follower);
    }

    /** As the stream keeps one message a subject, reading it from the beginning yields the present value of every key. */
    private Following watchAfter(long revision, String prefix, Follower<Change> follower) {
        String filter = prefix.isEmpty() ? ">" : Keys.checked(prefix) + ".>";
        return stream.follow(
                filter,
                revision,
                (message, sequence, existing) -> {
                    String key = stream.key(message.getSubject());
                    if (!Removals.isRemoval(message.getHeaders())) {
                        follower.accept(new Change.Put(key, message.getData(), sequence));
                    } else if (!existing) {
                        follower.accept(new Change.Removed(key, sequence));
                    }
                });
    }

    private String subject(String key) {
        return stream.subject(Keys.checked(key));
    }

    private static Headers lifetime(Duration timeToLive) {
        if (timeToLive.toSeconds() < 1 || timeToLive.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "A time to live is one or more whole seconds, not " + timeToLive);
        }
        return Removals.timeToLive(timeToLive);
    }
}
