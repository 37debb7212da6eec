package chat.chatto.storage.jetstream;

import chat.chatto.storage.EventLog;
import chat.chatto.storage.Follower;
import chat.chatto.storage.Following;

import com.google.gson.JsonObject;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A log as one stream whose subjects are the keys. */
final class JetStreamEventLog implements EventLog {

    private static final int READ_LIMIT = 1_000;

    private final Link link;
    private final StreamHandle stream;

    JetStreamEventLog(Link link, StreamHandle stream) {
        this.link = link;
        this.stream = stream;
    }

    @Override
    public long append(String key, long expectedSequence, byte[] content) {
        if (expectedSequence < 0) {
            throw new IllegalArgumentException("A sequence is not negative: " + expectedSequence);
        }
        return stream.writer().write(subject(key), expectedSequence, null, content);
    }

    @Override
    public Optional<Entry> last(String key) {
        return stream.reader().last(subject(key)).map(this::entry);
    }

    @Override
    public Map<String, Entry> last(Collection<String> keys) {
        return stream.reader().newest(keys.stream().map(this::subject).toList()).stream()
                .map(this::entry)
                .collect(Collectors.toMap(Entry::key, entry -> entry));
    }

    @Override
    public List<Entry> read(String key, long afterSequence, int limit) {
        if (limit < 1 || limit > READ_LIMIT) {
            throw new IllegalArgumentException(
                    "The limit must be 1 to " + READ_LIMIT + ", not " + limit);
        }
        String subject = subject(key);
        long last = stream.reader().last(subject).map(Stored::sequence).orElse(0L);
        return stream.reader().range(subject, afterSequence + 1, last, limit).stream()
                .map(this::entry)
                .toList();
    }

    @Override
    public Extent extent() {
        JsonObject state = stream.reader().state();
        long last = state.get("last_seq").getAsLong();
        return state.get("messages").getAsLong() == 0
                ? new Extent(last + 1, last)
                : new Extent(state.get("first_seq").getAsLong(), last);
    }

    @Override
    public String incarnation() {
        return stream.incarnation();
    }

    @Override
    public void purge(String key, long belowSequence) {
        if (belowSequence <= 1) {
            return; // For JetStream, sequence 0 would mean: everything.
        }
        JsonObject request = new JsonObject();
        request.addProperty("filter", subject(key));
        request.addProperty("seq", belowSequence);
        link.demand("STREAM.PURGE." + stream.name(), request);
    }

    @Override
    public Following follow(long afterSequence, Follower<Entry> follower) {
        return stream.follow(
                ">",
                afterSequence,
                (message, sequence, current) ->
                        follower.accept(
                                new Entry(
                                        stream.key(message.getSubject()),
                                        sequence,
                                        message.getData())));
    }

    private String subject(String key) {
        return stream.subject(Keys.checked(key));
    }

    private Entry entry(Stored message) {
        return new Entry(stream.key(message.subject()), message.sequence(), message.data());
    }
}
