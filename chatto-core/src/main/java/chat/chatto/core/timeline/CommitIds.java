package chat.chatto.core.timeline;

import java.util.random.RandomGenerator;

/** Makes ids of commits. Safe for use by many threads if the generator is. */
final class CommitIds {

    private final RandomGenerator random;

    CommitIds(RandomGenerator random) {
        this.random = random;
    }

    CommitId next() {
        return new CommitId(random.nextLong(), random.nextLong());
    }
}
