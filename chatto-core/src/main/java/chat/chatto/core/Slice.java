package chat.chatto.core;

import java.util.List;
import java.util.Optional;

/**
 * A part of a longer list.
 *
 * @param nextCursor asks for what follows; empty at the list's end. Its form is private to whoever made it
 */
public record Slice<T>(List<T> items, Optional<String> nextCursor) {

    public Slice {
        items = List.copyOf(items);
    }
}
