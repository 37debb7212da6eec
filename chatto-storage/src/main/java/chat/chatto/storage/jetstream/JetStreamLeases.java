package chat.chatto.storage.jetstream;

import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.Leases;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leases as values that vanish unless they are renewed. */
final class JetStreamLeases implements Leases, AutoCloseable {

    private final KeyValueStore bucket;
    private final Set<LeaseCandidacy> candidacies = ConcurrentHashMap.newKeySet();

    JetStreamLeases(KeyValueStore bucket) {
        this.bucket = bucket;
    }

    @Override
    public Candidacy contend(String name, Job job) {
        LeaseCandidacy candidacy =
                new LeaseCandidacy(bucket, Keys.checked(name), job, candidacies::remove);
        candidacies.add(candidacy);
        candidacy.start();
        return candidacy;
    }

    @Override
    public void close() {
        candidacies.forEach(LeaseCandidacy::close);
    }
}
