package chat.chatto.core.search;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether two words are forms of one, in any of some languages. For one thread.
 *
 * <p>Stems are made when something is looked for, not when it is said: of the hundred thousand different words in an index only those are
 * stemmed that begin like the word sought. So the index holds each word once, whatever the language, which nobody can tell of a message of
 * three words.
 */
final class Stems {

    /** What Arabic joins to the front of words. */
    private static final List<String> ARABIC_PREFIXES =
            List.of("", "ال", "وال", "بال", "كال", "فال", "لل", "و");

    /** Shorter beginnings are not told apart: too many words share them. */
    private static final int SHORTEST_BEGINNING = 3;

    private static final int LONGEST_BEGINNING = 4;

    private final Set<Language> languages;
    private final Map<Language, Stemmer> stemmers = new EnumMap<>(Language.class);

    Stems(Set<Language> languages) {
        this.languages = languages;
    }

    /** A word whose forms are sought. */
    final class Forms {

        private final String word;
        private final Map<Language, String> stems = new EnumMap<>(Language.class);

        private Forms(String word) throws IOException {
            this.word = word;
            UnicodeScript script = scriptOf(word);
            for (Language language : languages) {
                if (language.script() == script && language != Language.CJK) {
                    stems.put(language, stem(language, word));
                }
            }
        }

        /** What every other form begins with; empty when there are no other forms. */
        Set<String> beginnings() {
            Set<String> beginnings = new LinkedHashSet<>();
            if (stems.isEmpty() || word.length() < 2) {
                return beginnings;
            }
            if (scriptOf(word) == UnicodeScript.ARABIC) {
                for (String stem : stems.values()) {
                    String root = stem.substring(0, Math.min(SHORTEST_BEGINNING, stem.length()));
                    ARABIC_PREFIXES.forEach(prefix -> beginnings.add(prefix + root));
                }
                return beginnings;
            }
            int shared = LONGEST_BEGINNING;
            for (String stem : stems.values()) {
                shared = Math.min(shared, shared(word, stem));
            }
            int length = Math.min(word.length(), Math.max(shared, SHORTEST_BEGINNING));
            beginnings.add(word.substring(0, length));
            return beginnings;
        }

        /** Whether another word is a form of the same. */
        boolean include(String other) throws IOException {
            for (Map.Entry<Language, String> one : stems.entrySet()) {
                String stem = one.getValue();
                if (likely(one.getKey(), stem, other) && stem.equals(stem(one.getKey(), other))) {
                    return true;
                }
            }
            return false;
        }

        /** Stemming costs more than a look at the first letters; a stem's last may be another in some forms. */
        private static boolean likely(Language language, String stem, String other) {
            if (language.script() == UnicodeScript.ARABIC) {
                return true;
            }
            int sure = Math.max(Math.min(SHORTEST_BEGINNING, stem.length()), stem.length() - 1);
            return other.startsWith(stem.substring(0, sure));
        }
    }

    Forms of(String word) throws IOException {
        return new Forms(word);
    }

    private String stem(Language language, String word) throws IOException {
        return stemmers.computeIfAbsent(language, Stemmer::new).stem(word);
    }

    private static UnicodeScript scriptOf(String word) {
        return UnicodeScript.of(word.codePointAt(0));
    }

    private static int shared(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int at = 0; at < length; at++) {
            if (one.charAt(at) != other.charAt(at)) {
                return at;
            }
        }
        return length;
    }

    private static final class Stemmer {

        private final OneWord word = new OneWord();
        private final TokenStream stems;

        Stemmer(Language language) {
            stems = language.stems(word);
        }

        String stem(String text) throws IOException {
            word.set(text);
            return stems.incrementToken() ? word.term.toString() : text;
        }
    }

    /** The word that is to be stemmed; a stemmer leaves the stem in its place. */
    private static final class OneWord extends TokenStream {

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private boolean waiting;

        void set(String text) {
            clearAttributes();
            term.append(text);
            waiting = true;
        }

        @Override
        public boolean incrementToken() {
            boolean was = waiting;
            waiting = false;
            return was;
        }
    }
}
