package chat.chatto.storage.jetstream;

import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;

/**
 * One stream of the topology: how keys become subjects, and how to read, write and follow it.
 *
 * @param prefix what every subject begins with, ending in a dot
 * @param volatileMemory whether a restart of the server may empty the stream, so that its sequences begin anew
 * @param expires whether single messages may have a time to live
 * @param incarnation when the stream was made
 */
record StreamHandle(
        String name,
        String prefix,
        boolean volatileMemory,
        boolean expires,
        String incarnation,
        StreamReader reader,
        StreamWriter writer,
        Deliveries deliveries) {

    /** What is made of a stream as it is now. */
    static StreamHandle of(
            StreamInfo info, String prefix, Link link, Deliveries deliveries, int maximumSize) {
        StreamConfiguration configuration = info.getConfiguration();
        String name = configuration.getName();
        boolean oneReplica = configuration.getReplicas() == 1;
        StreamReader reader = new StreamReader(link, name, oneReplica);
        return new StreamHandle(
                name,
                prefix,
                configuration.getStorageType() == StorageType.Memory,
                configuration.getAllowMessageTtl(),
                info.getCreateTime().toInstant().toString(),
                reader,
                new StreamWriter(
                        link, reader, configuration.getMaxMsgsPerSubject() != 1, maximumSize),
                deliveries);
    }

    String subject(String key) {
        return prefix + key;
    }

    String key(String subject) {
        return subject.substring(prefix.length());
    }

    /** Delivers what matches a filter below the prefix. */
    Delivery follow(String filter, long afterSequence, Delivery.Sink sink) {
        return deliveries.begin(this, prefix + filter, afterSequence, sink);
    }
}
