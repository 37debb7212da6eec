package chat.chatto.core.timeline;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a shard's commits are in its pages.
 *
 * @param waiting commits that are not
 * @param oldest when the first of them was made; empty when none waits, or when it does not say
 */
public record FoldingState(long waiting, Optional<Instant> oldest) {}
