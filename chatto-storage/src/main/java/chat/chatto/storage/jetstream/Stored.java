package chat.chatto.storage.jetstream;

import com.google.gson.JsonObject;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.support.IncomingHeadersProcessor;

import org.jspecify.annotations.Nullable;

import java.util.Base64;
import java.util.Objects;

/** A message as a stream holds it. */
record Stored(String subject, long sequence, @Nullable Headers headers, byte[] data) {

    private static final byte[] EMPTY = {};

    /** From the answer to a direct get. */
    static Stored ofDirect(Message reply) {
        Headers headers = reply.getHeaders();
        return new Stored(
                Objects.requireNonNull(headers.getFirst("Nats-Subject")),
                Long.parseLong(Objects.requireNonNull(headers.getFirst("Nats-Sequence"))),
                headers,
                reply.getData() == null ? EMPTY : reply.getData());
    }

    /** From the answer to a message get. */
    static Stored ofAnswer(JsonObject answer) {
        JsonObject message = answer.getAsJsonObject("message");
        Headers headers = null;
        if (message.has("hdrs")) {
            headers = new IncomingHeadersProcessor(decode(message, "hdrs")).getHeaders();
        }
        return new Stored(
                message.get("subject").getAsString(),
                message.get("seq").getAsLong(),
                headers,
                message.has("data") ? decode(message, "data") : EMPTY);
    }

    private static byte[] decode(JsonObject message, String field) {
        return Base64.getDecoder().decode(message.get(field).getAsString());
    }

    boolean hasHeader(String name, String value) {
        return headers != null && value.equals(headers.getFirst(name));
    }

    /** Whether it says that its key holds nothing any more. */
    boolean isRemoval() {
        return Removals.isRemoval(headers);
    }
}
