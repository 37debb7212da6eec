package chat.chatto.core.search;

import java.util.List;
import java.util.Optional;

/**
 * A part of what was found, the newest message first.
 *
 * @param nextCursor where the next part begins; empty when this is the last one
 * @param state of the index that was searched in
 */
public record SearchResult(List<SearchHit> hits, Optional<String> nextCursor, SearchState state) {

    public SearchResult {
        hits = List.copyOf(hits);
    }
}
