package chat.chatto.storage.jetstream;

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
