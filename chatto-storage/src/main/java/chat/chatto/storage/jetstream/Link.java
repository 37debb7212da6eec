package chat.chatto.storage.jetstream;

import chat.chatto.storage.RefusedException;
import chat.chatto.storage.UnavailableException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests over the connection and their answers. Silence, and a connection lost while waiting, become {@link UnavailableException}
 * here and nowhere else. Safe for use by many threads.
 */
final class Link {

    private static final byte[] EMPTY = {};

    /** A request that may be repeated is repeated after this part of the time allowed: its answer may have died with a leader. */
    private static final int ATTEMPTS_IN_TIMEOUT = 4;

    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(1);

    /** A replica that the leader has not heard of for so long counts as away; it hears of each once a second. */
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(4);

    private final Connection connection;
    private final Duration timeout;
    private final Map<Object, CompletableFuture<Message>> waiting; // by a token of its request

    Link(Connection connection, Duration timeout) {
        this(connection, timeout, new ConcurrentHashMap<>());
    }

    private Link(
            Connection connection,
            Duration timeout,
            Map<Object, CompletableFuture<Message>> waiting) {
        this.connection = connection;
        this.timeout = timeout;
        this.waiting = waiting;
    }

    /** The same connection, for operations that have to be quicker. */
    Link withTimeout(Duration other) {
        return new Link(connection, other, waiting);
    }

    Connection connection() {
        return connection;
    }

    /** How long one operation may take. */
    Duration timeout() {
        return timeout;
    }

    Deadline deadline() {
        return Deadline.after(timeout);
    }

    /** Fails at once when there is no connection, rather than when the time for an operation is over. */
    void checkConnected() {
        if (!connected()) {
            throw new UnavailableException("Not connected to NATS");
        }
    }

    /** Ends the wait for answers that cannot come any more. */
    void connectionLost() {
        for (CompletableFuture<Message> future : waiting.values()) {
            future.completeExceptionally(
                    new UnavailableException(
                            "The connection to NATS was lost while waiting for an answer"));
        }
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @return empty when nobody listens on the subject
     */
    Optional<Message> request(
            String subject, @Nullable Headers headers, byte[] body, Duration patience) {
        CompletableFuture<Message> future = send(subject, headers, body, patience);
        Object token = new Object();
        waiting.put(token, future);
        try {
            checkConnected(); // lost since, and told so before we waited
            return Optional.of(future.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    "Interrupted while waiting for an answer on " + subject, e);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new UnavailableException(
                    "No answer on " + subject + " within " + patience.toMillis() + " ms", e);
        } catch (CancellationException e) {
            throw new UnavailableException(
                    "The wait for an answer on " + subject + " was cut short", e);
        } catch (ExecutionException e) {
            return unanswered(subject, e);
        } finally {
            waiting.remove(token);
        }
    }

    private CompletableFuture<Message> send(
            String subject, @Nullable Headers headers, byte[] body, Duration patience) {
        checkConnected();
        try {
            return connection.requestWithTimeout(subject, headers, body, patience);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "NATS does not accept a message of " + body.length + " bytes on " + subject, e);
        } catch (IllegalStateException e) {
            throw new UnavailableException("Not connected to NATS", e);
        }
    }

    private static Optional<Message> unanswered(String subject, ExecutionException e) {
        if (e.getCause() instanceof JetStreamStatusException) {
            return Optional.empty();
        }
        throw new UnavailableException("No answer on " + subject + ": " + e.getCause(), e);
    }

    /** One attempt at something that JetStream answers with JSON. */
    Answer attempt(String subject, @Nullable Headers headers, byte[] body, Duration patience) {
        Optional<Message> reply = request(subject, headers, body, patience);
        return reply.isEmpty() ? new Answer.NobodyThere() : parse(reply.get());
    }

    /** What JetStream's answer says; an empty body stands for an empty object. */
    static Answer parse(Message reply) {
        byte[] data = reply.getData();
        if (data == null || data.length == 0) {
            return new Answer.Done(new JsonObject());
        }
        JsonObject content =
                JsonParser.parseString(new String(data, StandardCharsets.UTF_8)).getAsJsonObject();
        return content.has("error")
                ? new Answer.Failed(ApiError.parse(content.getAsJsonObject("error")))
                : new Answer.Done(content);
    }

    /**
     * A request of the JetStream API that does no harm when carried out twice: repeated until it is answered or the time is over.
     *
     * @param operation the part of the subject after {@code $JS.API.}
     */
    Answer api(String operation, JsonObject content) {
        byte[] body =
                content.isEmpty() ? EMPTY : content.toString().getBytes(StandardCharsets.UTF_8);
        Deadline deadline = deadline();
        while (true) {
            Answer answer = null;
            UnavailableException silence = null;
            try {
                answer = attempt("$JS.API." + operation, null, body, patience(deadline));
            } catch (UnavailableException e) {
                silence = e;
            }
            if (answer instanceof Answer.Done
                    || (answer instanceof Answer.Failed(var error) && !error.isTransient())) {
                return answer;
            }
            if (silence != null
                    && (deadline.passed()
                            || Thread.currentThread().isInterrupted()
                            || !connected())) {
                throw silence;
            }
            if (deadline.passed()) {
                throw new UnavailableException(
                        "JetStream has no leader for " + operation + ": " + answer);
            }
            deadline.pause();
        }
    }

    /** As {@link #api}, for requests that only fail when something is wrong with us or the server. */
    JsonObject demand(String operation, JsonObject content) {
        return switch (api(operation, content)) {
            case Answer.Done(var result) -> result;
            case Answer.Failed(var error) ->
                    throw new RefusedException("JetStream refuses " + operation + ": " + error);
            case Answer.NobodyThere() ->
                    throw new UnavailableException("JetStream does not answer " + operation);
        };
    }

    /** Whether a stream has a leader that answers at once, and enough replicas to confirm a write. */
    boolean isWritable(String stream) {
        try {
            return attempt("$JS.API.STREAM.INFO." + stream, null, EMPTY, PROBE_PATIENCE)
                            instanceof Answer.Done(var info)
                    && hasMajority(info);
        } catch (UnavailableException e) {
            return false;
        }
    }

    /** Without a leader any replica answers, and says only that there is none. */
    private static boolean hasMajority(JsonObject info) {
        JsonObject cluster = info.getAsJsonObject("cluster");
        if (cluster == null) {
            return true; // a server that runs alone
        }
        if (!cluster.has("leader") || cluster.get("leader").getAsString().isEmpty()) {
            return false;
        }
        int replicas = info.getAsJsonObject("config").get("num_replicas").getAsInt();
        int present = 1;
        if (cluster.has("replicas")) {
            for (JsonElement element : cluster.getAsJsonArray("replicas")) {
                JsonObject replica = element.getAsJsonObject();
                boolean offline = replica.has("offline") && replica.get("offline").getAsBoolean();
                if (!offline && replica.get("active").getAsLong() < LONGEST_ABSENCE.toNanos()) {
                    present++;
                }
            }
        }
        return 2 * present > replicas;
    }

    private boolean connected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    /** How long one attempt at a repeatable request waits. */
    Duration patience(Deadline deadline) {
        Duration part = timeout.dividedBy(ATTEMPTS_IN_TIMEOUT);
        Duration rest = deadline.remaining();
        return part.compareTo(rest) < 0 ? part : rest;
    }
}
