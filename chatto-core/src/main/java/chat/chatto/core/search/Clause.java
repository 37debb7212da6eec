package chat.chatto.core.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words that must follow one another in a message; most often one.
 *
 * @param places what stands at each place, at least one
 */
record Clause(List<Place> places) {

    Clause {
        places = List.copyOf(places);
    }

    /** What may stand at one place. */
    sealed interface Place {

        boolean matches(String term);

        /** One of these words, as they are in the index. */
        record AnyOf(Set<String> terms) implements Place {

            public AnyOf {
                terms = Set.copyOf(terms);
            }

            @Override
            public boolean matches(String term) {
                return terms.contains(term);
            }
        }

        /** A word that begins so. */
        record Beginning(String prefix) implements Place {

            @Override
            public boolean matches(String term) {
                return term.startsWith(prefix);
            }
        }
    }

    /** A stretch of a text. */
    record Stretch(int start, int end) {}

    /** Where a text with these words fulfils the clause. */
    List<Stretch> in(List<Words.Word> words) {
        Map<Integer, List<Words.Word>> byPosition = new HashMap<>();
        words.forEach(
                word ->
                        byPosition
                                .computeIfAbsent(word.position(), _ -> new ArrayList<>(2))
                                .add(word));
        List<Stretch> found = new ArrayList<>();
        for (Words.Word word : words) {
            if (places.getFirst().matches(word.term())) {
                int end = end(word, byPosition);
                if (end > 0) {
                    found.add(new Stretch(word.start(), end));
                }
            }
        }
        return found;
    }

    /** Where the words end that begin with this one; 0 when they are not all there. */
    private int end(Words.Word first, Map<Integer, List<Words.Word>> byPosition) {
        int end = first.end();
        for (int at = 1; at < places.size(); at++) {
            Place place = places.get(at);
            int reached =
                    byPosition.getOrDefault(first.position() + at, List.of()).stream()
                            .filter(word -> place.matches(word.term()))
                            .mapToInt(Words.Word::end)
                            .max()
                            .orElse(0);
            if (reached == 0) {
                return 0;
            }
            end = Math.max(end, reached);
        }
        return end;
    }
}
