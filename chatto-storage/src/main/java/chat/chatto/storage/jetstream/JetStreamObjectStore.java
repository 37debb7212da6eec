package chat.chatto.storage.jetstream;

import chat.chatto.storage.ObjectStore;
import chat.chatto.storage.RefusedException;
import chat.chatto.storage.StorageException;

import com.google.gson.JsonObject;

import io.nats.client.NUID;
import io.nats.client.impl.Headers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Objects as NATS lays them out: the chunks of an object are messages of one subject, a message under the object's name describes it.
 * In addition each chunk carries its number, and the description the sequences of the first and last chunk, so that reading can begin
 * anywhere. The chunks' subject begins with the object's name, so that removing it also removes the chunks of a writer that died before it
 * described them.
 */
final class JetStreamObjectStore implements ObjectStore {

    private static final Logger log = LoggerFactory.getLogger(JetStreamObjectStore.class);

    private static final int LONGEST_NAME = 512;

    private final Link link;
    private final StreamHandle stream;
    private final int chunkSize;

    JetStreamObjectStore(Link link, StreamHandle stream, int chunkSize) {
        this.link = link;
        this.stream = stream;
        this.chunkSize = chunkSize;
    }

    @Override
    public Info put(String name, InputStream content) throws IOException {
        String subject = descriptionSubject(name);
        Optional<StoredObject> former = find(name);
        String id = encoded(name) + "." + NUID.nextGlobal();
        StoredObject stored;
        try {
            stored = writeChunks(name, id, content);
        } catch (IOException | RuntimeException e) {
            purgeAfter(e, chunkSubject(id));
            throw e;
        }
        describe(subject, stored);
        former.ifPresent(object -> purge(chunkSubject(object.id())));
        return stored.info();
    }

    private StoredObject writeChunks(String name, String id, InputStream content)
            throws IOException {
        MessageDigest digest = StoredObject.newDigest();
        long size = 0;
        long chunks = 0;
        long first = 0;
        long last = 0;
        while (true) {
            byte[] chunk = content.readNBytes(chunkSize);
            if (chunk.length == 0) {
                break;
            }
            digest.update(chunk);
            Headers headers = new Headers().put(StoredObject.CHUNK_NUMBER, Long.toString(chunks));
            last = stream.writer().write(chunkSubject(id), StreamWriter.ANY, headers, chunk);
            first = chunks == 0 ? last : first;
            size += chunk.length;
            chunks++;
        }
        return new StoredObject(
                name, id, size, StoredObject.format(digest), chunkSize, chunks, first, last);
    }

    /** Only the description makes the chunks an object. When its fate is unknown the chunks stay, for it may have been stored. */
    private void describe(String subject, StoredObject object) {
        byte[] description = object.toJson(stream.name()).getBytes(StandardCharsets.UTF_8);
        Headers replacing = new Headers().put("Nats-Rollup", "sub");
        try {
            stream.writer().write(subject, StreamWriter.ANY, replacing, description);
        } catch (RefusedException e) {
            purgeAfter(e, chunkSubject(object.id()));
            throw e;
        }
    }

    private void purgeAfter(Exception failure, String subject) {
        try {
            purge(subject);
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Optional<Info> info(String name) {
        return find(name).map(StoredObject::info);
    }

    @Override
    public Optional<InputStream> read(String name, long offset) {
        Optional<StoredObject> object = find(name);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        if (offset < 0 || offset > object.get().size()) {
            throw new IllegalArgumentException(
                    "The offset must be 0 to " + object.get().size() + ", not " + offset);
        }
        return Optional.of(
                new ObjectInput(
                        stream.reader(), chunkSubject(object.get().id()), object.get(), offset));
    }

    @Override
    public void remove(String name) {
        Optional<StoredObject> object = find(name);
        if (object.isPresent()) {
            purge(descriptionSubject(name));
            purge(chunkSubject(object.get().id()));
        }
        purge(chunkSubject(encoded(name) + ".>"));
        log.debug("Removed the object {}", name);
    }

    private Optional<StoredObject> find(String name) {
        return stream.reader().lastOnLeader(descriptionSubject(name)).flatMap(StoredObject::parse);
    }

    private void purge(String subject) {
        JsonObject request = new JsonObject();
        request.addProperty("filter", subject);
        link.demand("STREAM.PURGE." + stream.name(), request);
    }

    private String descriptionSubject(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "The name of an object has 1 to " + LONGEST_NAME + " characters");
        }
        return stream.subject("M." + encoded(name));
    }

    private static String encoded(String name) {
        return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private String chunkSubject(String id) {
        return stream.subject("C." + id);
    }
}
