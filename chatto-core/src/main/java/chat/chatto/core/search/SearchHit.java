package chat.chatto.core.search;

import chat.chatto.core.timeline.Message;

import java.util.List;
import java.util.Optional;

/**
 * A message that was found.
 *
 * @param message as it is now
 * @param excerpt what it says around what was looked for, without markup
 * @param fileName of the file that it was found by; empty when it was found by what it says
 */
public record SearchHit(Message message, List<Passage> excerpt, Optional<String> fileName) {

    public SearchHit {
        excerpt = List.copyOf(excerpt);
    }

    /**
     * A stretch of an excerpt.
     *
     * @param highlighted whether it is what was looked for
     */
    public record Passage(String text, boolean highlighted) {}
}
