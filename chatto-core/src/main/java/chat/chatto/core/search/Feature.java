package chat.chatto.core.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a message can have besides words. */
public enum Feature {
    LINK,
    FILE,
    IMAGE,
    REACTION;

    /** As people write it behind {@code has:}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Feature> of(String text) {
        return Arrays.stream(values())
                .filter(feature -> feature.text().equalsIgnoreCase(text))
                .findFirst();
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(Feature::text).toList();
    }
}
