package chat.chatto.core.search;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is looked for, and where, with all names resolved.
 *
 * @param words what must be said; may be empty
 * @param rooms only in these, all of which the reader may read
 * @param authors only from these; empty for anybody
 * @param from only what was posted at this time in milliseconds or later
 * @param before only what was posted before
 * @param after only what follows this place
 */
record Wish(
        List<Condition> words,
        Set<RoomId> rooms,
        Set<UserId> authors,
        OptionalLong from,
        OptionalLong before,
        Set<Feature> features,
        boolean pinned,
        Optional<SearchPlace> after) {

    Wish {
        words = List.copyOf(words);
        rooms = Set.copyOf(rooms);
        authors = Set.copyOf(authors);
        features = Set.copyOf(features);
    }

    Wish after(SearchPlace place) {
        return new Wish(words, rooms, authors, from, before, features, pinned, Optional.of(place));
    }
}
