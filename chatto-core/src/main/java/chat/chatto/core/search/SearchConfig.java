package chat.chatto.core.search;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an operator decides about search.
 *
 * @param enabled whether this server keeps an index
 * @param directory where; made when it is not there, and of no other server
 * @param languages whose inflected words are found by each other
 */
public record SearchConfig(boolean enabled, Path directory, Set<Language> languages) {

    public SearchConfig {
        languages = Set.copyOf(languages);
    }

    /** No index: nothing can be searched for. */
    public static SearchConfig off() {
        return new SearchConfig(false, Path.of("data", "search"), Set.of());
    }

    /** An index there, in all languages. */
    public static SearchConfig in(Path directory) {
        return new SearchConfig(true, directory, EnumSet.allOf(Language.class));
    }
}
