package chat.chatto.storage.jetstream;

import chat.chatto.storage.UnavailableException;

import com.google.gson.JsonObject;

import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.Subscription;
import io.nats.client.impl.NatsJetStreamMetaData;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A short-lived consumer that delivers in order what matches a filter, without gaps: it ends at the first sign of anything else. It asks
 * for the next messages while earlier ones are handled, never for more than {@link #REQUESTS} times {@link #REQUEST_BYTES}, which is far
 * below the amount at which a server drops a connection for being slow. For one thread, apart from {@link #close()}.
 */
final class OrderedConsumer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OrderedConsumer.class);

    private static final int REQUESTS = 2;
    private static final int REQUEST_MESSAGES = 2_000;
    private static final int REQUEST_BYTES = 2 << 20;
    private static final Duration REQUEST_EXPIRY = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration LONGEST_SILENCE = HEARTBEAT.multipliedBy(3);

    /** The server removes the consumer when nobody asks for that long. */
    private static final Duration IDLE_EXPIRY = Duration.ofMinutes(2);

    private static final int IDLE_STATUS = 100;
    private static final int EXPIRED_STATUS = 408;
    private static final int ENDED_STATUS = 409;

    /** What may come next. */
    sealed interface Event {
        record Delivered(Message message, long sequence) implements Event {}

        /** All there is has been delivered. */
        record Idle() implements Event {}

        /** Nothing more will come from this consumer. */
        record Ended(String reason) implements Event {}
    }

    private final Link link;
    private final String stream;
    private final String name;
    private final String inbox;
    private final Subscription subscription;
    private final Map<String, Integer> requests =
            new LinkedHashMap<>(); // inbox -> messages still to come, oldest first
    private long requestNumber;
    private long lastDelivery;

    private OrderedConsumer(Link link, String stream) {
        this.link = link;
        this.stream = stream;
        this.name = "follow-" + NUID.nextGlobal();
        this.inbox = link.connection().createInbox();
        try {
            this.subscription = link.connection().subscribe(inbox + ".*");
        } catch (IllegalStateException e) {
            throw new UnavailableException("Not connected to NATS", e);
        }
    }

    static OrderedConsumer open(Link link, String stream, String filter, long fromSequence) {
        OrderedConsumer consumer = new OrderedConsumer(link, stream);
        try {
            consumer.create(filter, fromSequence);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        return consumer;
    }

    private void create(String filter, long fromSequence) {
        JsonObject config = new JsonObject();
        config.addProperty("name", name);
        config.addProperty("filter_subject", filter);
        config.addProperty("deliver_policy", "by_start_sequence");
        config.addProperty("opt_start_seq", fromSequence);
        config.addProperty("ack_policy", "none");
        config.addProperty("replay_policy", "instant");
        config.addProperty("mem_storage", true);
        config.addProperty("num_replicas", 1);
        config.addProperty("inactive_threshold", IDLE_EXPIRY.toNanos());
        JsonObject request = new JsonObject();
        request.addProperty("stream_name", stream);
        request.add("config", config);
        request.addProperty("action", "create");
        link.demand("CONSUMER.CREATE." + stream + "." + name + "." + filter, request);
    }

    /** Waits for the next event. */
    Event next() throws InterruptedException {
        try {
            while (true) {
                requestMore();
                Message message = subscription.nextMessage(LONGEST_SILENCE);
                if (message == null) {
                    return new Event.Ended("silence");
                }
                if (!message.isStatusMessage()) {
                    return delivered(message);
                }
                int status = message.getStatus().getCode();
                if (status == IDLE_STATUS) {
                    return new Event.Idle();
                }
                boolean known = requests.remove(message.getSubject()) != null;
                if (status != EXPIRED_STATUS && !(status == ENDED_STATUS && isHarmless(message))) {
                    return new Event.Ended(message.getStatus().toString());
                }
                log.trace("Request ended ({}, {})", message.getStatus(), known);
            }
        } catch (IllegalStateException e) {
            return new Event.Ended("closed: " + e.getMessage());
        }
    }

    private static boolean isHarmless(Message message) {
        String text = String.valueOf(message.getStatus().getMessage());
        return text.contains("Batch Completed") || text.contains("MaxBytes");
    }

    private Event delivered(Message message) {
        NatsJetStreamMetaData data = message.metaData();
        if (data.consumerSequence() != lastDelivery + 1) {
            return new Event.Ended(
                    "gap between " + lastDelivery + " and " + data.consumerSequence());
        }
        lastDelivery++;
        requests.entrySet().stream()
                .findFirst()
                .ifPresent(
                        oldest -> {
                            if (oldest.getValue() == 1) {
                                requests.remove(oldest.getKey());
                            } else {
                                oldest.setValue(oldest.getValue() - 1);
                            }
                        });
        return new Event.Delivered(message, data.streamSequence());
    }

    private void requestMore() {
        while (requests.size() < REQUESTS) {
            JsonObject request = new JsonObject();
            request.addProperty("batch", REQUEST_MESSAGES);
            request.addProperty(
                    "max_bytes", Math.max(REQUEST_BYTES, 2 * link.connection().getMaxPayload()));
            request.addProperty("expires", REQUEST_EXPIRY.toNanos());
            request.addProperty("idle_heartbeat", HEARTBEAT.toNanos());
            String reply = inbox + "." + ++requestNumber;
            requests.put(reply, REQUEST_MESSAGES);
            link.connection()
                    .publish(
                            "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + name,
                            reply,
                            request.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Wakes whoever waits for the next event. */
    @Override
    public void close() {
        try {
            subscription.unsubscribe();
            link.connection()
                    .publish("$JS.API.CONSUMER.DELETE." + stream + "." + name, new byte[0]);
        } catch (IllegalStateException e) {
            log.debug("The consumer {} is left to expire", name, e);
        }
    }
}
