package chat.chatto.storage.jetstream;

import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.nats.client.Message;
import io.nats.client.Subscription;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Reads single messages of one stream. A direct get is answered by any replica, a message get by the stream's leader only: the former
 * serves where there is one replica, and for what cannot change. Safe for use by many threads.
 */
final class StreamReader {

    private static final Logger log = LoggerFactory.getLogger(StreamReader.class);

    private static final int NOT_FOUND = 404;
    private static final int END_OF_BATCH = 204;
    private static final int BATCH_BYTES = 4 << 20;
    private static final byte[] EMPTY = {};

    /** The server refuses to look for more than 1,024 subjects at once. */
    private static final int SUBJECTS_AT_ONCE = 512;

    /** Single questions that are on their way at once. */
    private static final int PARALLEL = 16;

    private final Link link;
    private final String stream;
    private final boolean direct;

    /**
     * Reads one stream.
     *
     * @param direct whether a direct get is as good as asking the leader, because there is one replica
     */
    StreamReader(Link link, String stream, boolean direct) {
        this.link = link;
        this.stream = stream;
        this.direct = direct;
    }

    /** The newest message of a subject, never stale. */
    Optional<Stored> last(String subject) {
        if (direct) {
            Optional<Message> reply =
                    link.request(
                            "$JS.API.DIRECT.GET." + stream + "." + subject,
                            null,
                            EMPTY,
                            link.timeout());
            if (reply.isPresent()) {
                return directReply(reply.get());
            }
            // Nobody answers direct gets: another server has just raised the replicas.
        }
        return lastOnLeader(subject);
    }

    /** The newest message of a subject, which may contain wildcards, as the leader knows it. */
    Optional<Stored> lastOnLeader(String subject) {
        JsonObject query = new JsonObject();
        query.addProperty("last_by_subj", subject);
        return messageGet(query);
    }

    /** The first message of a subject at or after a sequence, as the leader knows it. */
    Optional<Stored> nextOnLeader(String subject, long fromSequence) {
        JsonObject query = new JsonObject();
        query.addProperty("seq", fromSequence);
        query.addProperty("next_by_subj", subject);
        return messageGet(query);
    }

    /** The sequence last given by the stream, as the leader knows it. */
    long lastSequence() {
        return state().get("last_seq").getAsLong();
    }

    /** What the stream holds, as the leader knows it: {@code first_seq}, {@code last_seq} and more. */
    JsonObject state() {
        return info().getAsJsonObject("state");
    }

    /**
     * Where a stream ends.
     *
     * @param made when the stream was made: sequences of another one mean nothing
     */
    record End(String made, long lastSequence) {}

    /** Where the stream ends, as the leader knows it. */
    End end() {
        JsonObject info = info();
        return new End(
                info.get("created").getAsString(),
                info.getAsJsonObject("state").get("last_seq").getAsLong());
    }

    private JsonObject info() {
        return link.demand("STREAM.INFO." + stream, new JsonObject());
    }

    private Optional<Stored> messageGet(JsonObject query) {
        String operation = "STREAM.MSG.GET." + stream;
        return switch (link.api(operation, query)) {
            case Answer.Done(var content) -> Optional.of(Stored.ofAnswer(content));
            case Answer.Failed(var error) when error.code() == ApiError.NO_MESSAGE_FOUND ->
                    Optional.empty();
            case Answer.Failed(var error) ->
                    throw new RefusedException("JetStream refuses " + operation + ": " + error);
            case Answer.NobodyThere() ->
                    throw new UnavailableException("JetStream does not answer " + operation);
        };
    }

    private Optional<Stored> directReply(Message reply) {
        if (!reply.isStatusMessage()) {
            return Optional.of(Stored.ofDirect(reply));
        }
        if (reply.getStatus().getCode() == NOT_FOUND) {
            return Optional.empty();
        }
        throw new UnavailableException(
                "NATS cannot read from " + stream + ": " + reply.getStatus());
    }

    /**
     * Messages of a subject in order, up to one that the leader is known to hold. Any replica may answer: what it holds is a prefix of
     * what the leader holds, so a missing end is noticed and asked for at the leader.
     */
    List<Stored> range(String subject, long fromSequence, long lastSequence, int limit) {
        List<Stored> found = new ArrayList<>();
        long next = fromSequence;
        while (found.size() < limit && next <= lastSequence) {
            List<Stored> part = batch(subject, next, limit - found.size());
            if (part.isEmpty()) {
                Optional<Stored> missing = nextOnLeader(subject, next);
                if (missing.isEmpty()) {
                    break;
                }
                part = List.of(missing.get());
            }
            found.addAll(part);
            next = part.getLast().sequence() + 1;
        }
        return found;
    }

    private List<Stored> batch(String subject, long fromSequence, int limit) {
        JsonObject query = new JsonObject();
        query.addProperty("seq", fromSequence);
        query.addProperty("next_by_subj", subject);
        query.addProperty("batch", limit);
        query.addProperty("max_bytes", BATCH_BYTES);
        return answers(query, limit).messages();
    }

    /** The newest messages of many subjects, of those that have one, in no order; a replica that is behind may answer. */
    List<Stored> newest(List<String> subjects) {
        List<Stored> found = new ArrayList<>();
        for (int first = 0; first < subjects.size(); first += SUBJECTS_AT_ONCE) {
            List<String> part =
                    subjects.subList(first, Math.min(subjects.size(), first + SUBJECTS_AT_ONCE));
            JsonArray wanted = new JsonArray();
            part.forEach(wanted::add);
            JsonObject query = new JsonObject();
            query.add("multi_last", wanted);
            Answers answers = answers(query, part.size());
            if (!answers.complete()) {
                throw new UnavailableException("NATS did not read all it was asked from " + stream);
            }
            found.addAll(answers.messages());
        }
        return found;
    }

    /** As {@link #newest}, never stale. */
    List<Stored> newestNow(List<String> subjects) {
        if (direct) {
            return newest(subjects);
        }
        var slots = new Semaphore(PARALLEL);
        List<Future<Optional<Stored>>> answers = new ArrayList<>();
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String subject : subjects) {
                slots.acquire();
                answers.add(
                        tasks.submit(
                                () -> {
                                    try {
                                        return lastOnLeader(subject);
                                    } finally {
                                        slots.release();
                                    }
                                }));
            }
            List<Stored> found = new ArrayList<>();
            for (Future<Optional<Stored>> answer : answers) {
                answer.get().ifPresent(found::add);
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted while reading from " + stream, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * What a direct get for several messages was answered.
     *
     * @param complete whether nothing that was asked for is missing but what the stream does not hold
     */
    private record Answers(List<Stored> messages, boolean complete) {}

    private Answers answers(JsonObject query, int limit) {
        String inbox = link.connection().createInbox();
        Subscription answers = link.connection().subscribe(inbox);
        Deadline deadline = link.deadline();
        List<Stored> found = new ArrayList<>();
        try {
            link.connection()
                    .publish(
                            "$JS.API.DIRECT.GET." + stream,
                            inbox,
                            query.toString().getBytes(StandardCharsets.UTF_8));
            while (found.size() < limit) {
                Message message = answers.nextMessage(link.patience(deadline));
                if (message == null || message.isStatusMessage()) {
                    return new Answers(found, message != null && isEnd(message));
                }
                found.add(Stored.ofDirect(message));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Interrupted while reading from " + stream, e);
        } catch (IllegalStateException e) {
            throw new UnavailableException("Not connected to NATS", e);
        } finally {
            unsubscribe(answers);
        }
        return new Answers(found, true);
    }

    private static boolean isEnd(Message message) {
        int status = message.getStatus().getCode();
        return status == END_OF_BATCH || status == NOT_FOUND;
    }

    private static void unsubscribe(Subscription subscription) {
        try {
            subscription.unsubscribe();
        } catch (IllegalStateException e) {
            log.debug("The connection was closed while reading", e);
        }
    }
}
