package chat.chatto.storage.jetstream;

import chat.chatto.storage.ObjectStore;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The description of an object, as NATS's tools read it.
 *
 * @param id the chunks' subject
 * @param firstChunk the sequence of the first chunk, 0 for an empty object
 * @param lastChunk the sequence of the last chunk
 */
record StoredObject(
        String name,
        String id,
        long size,
        String digest,
        int chunkSize,
        long chunks,
        long firstChunk,
        long lastChunk) {

    static final String CHUNK_NUMBER = "Chatto-Chunk";

    private static final String FIRST = "chatto-first-chunk";
    private static final String LAST = "chatto-last-chunk";

    ObjectStore.Info info() {
        return new ObjectStore.Info(name, size, digest);
    }

    String toJson(String stream) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("bucket", stream.substring("OBJ_".length()));
        json.addProperty("nuid", id);
        json.addProperty("size", size);
        json.addProperty("chunks", chunks);
        json.addProperty("digest", digest);
        JsonObject options = new JsonObject();
        options.addProperty("max_chunk_size", chunkSize);
        json.add("options", options);
        JsonObject metadata = new JsonObject();
        metadata.addProperty(FIRST, Long.toString(firstChunk));
        metadata.addProperty(LAST, Long.toString(lastChunk));
        json.add("metadata", metadata);
        return json.toString();
    }

    /** Reads a description; empty when it says that one of NATS's tools deleted the object. */
    static Optional<StoredObject> parse(Stored message) {
        JsonObject json =
                JsonParser.parseString(new String(message.data(), StandardCharsets.UTF_8))
                        .getAsJsonObject();
        if (json.has("deleted") && json.get("deleted").getAsBoolean()) {
            return Optional.empty();
        }
        JsonObject metadata = json.getAsJsonObject("metadata");
        return Optional.of(
                new StoredObject(
                        json.get("name").getAsString(),
                        json.get("nuid").getAsString(),
                        json.get("size").getAsLong(),
                        json.get("digest").getAsString(),
                        json.getAsJsonObject("options").get("max_chunk_size").getAsInt(),
                        json.get("chunks").getAsLong(),
                        Long.parseLong(metadata.get(FIRST).getAsString()),
                        Long.parseLong(metadata.get(LAST).getAsString())));
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static String format(MessageDigest digest) {
        return "SHA-256=" + Base64.getUrlEncoder().encodeToString(digest.digest());
    }
}
