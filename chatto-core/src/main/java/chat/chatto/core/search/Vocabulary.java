package chat.chatto.core.search;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the words of an index that somebody may have meant. For one query. */
final class Vocabulary {

    /** The most words in the place of one. */
    private static final int MOST_FORMS = 64;

    /** The most words that are looked at for one beginning. */
    private static final int MOST_LOOKS = 10_000;

    /** A form is not longer than the word by more than this. */
    private static final int LONGEST_ENDING = 8;

    /** Shorter words become other words by one letter. */
    private static final int SHORTEST_TYPO = 5;

    private static final int MOST_TYPOS = 16;

    private final @Nullable Terms terms;
    private final Stems stems;

    Vocabulary(IndexReader reader, Stems stems) throws IOException {
        this.terms = MultiTerms.getTerms(reader, Fields.TEXT);
        this.stems = stems;
    }

    /** What a message must say for a condition; empty when the condition has no words. */
    List<Clause.Place> places(Condition condition) throws IOException {
        return switch (condition) {
            case Condition.Word(var text) -> places(text, true, false);
            case Condition.Phrase(var text) -> places(text, false, false);
            case Condition.Beginning(var text) -> places(text, false, true);
            case Condition.From _,
                    Condition.In _,
                    Condition.Before _,
                    Condition.After _,
                    Condition.Has _,
                    Condition.Pinned _ ->
                    List.of();
        };
    }

    private List<Clause.Place> places(String text, boolean forms, boolean beginning)
            throws IOException {
        List<Words.Word> words = Words.SOUGHT.in(text);
        List<Clause.Place> places = new ArrayList<>(words.size());
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at).term();
            boolean last = at == words.size() - 1;
            if (beginning && last) {
                places.add(new Clause.Place.Beginning(word));
            } else {
                places.add(new Clause.Place.AnyOf(forms ? formsOf(word) : Set.of(word)));
            }
        }
        return places;
    }

    /** The words of the index with a beginning, at most a bounded number. */
    Set<String> beginning(String prefix) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        scan(prefix, found, _ -> true);
        return found;
    }

    private Set<String> formsOf(String word) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        found.add(word);
        Stems.Forms forms = stems.of(word);
        int longest = word.length() + LONGEST_ENDING;
        for (String beginning : forms.beginnings()) {
            scan(beginning, found, term -> term.length() <= longest && forms.include(term));
        }
        // A digit tells one number from another: it is no typo.
        if (found.size() == 1
                && word.length() >= SHORTEST_TYPO
                && word.chars().allMatch(Character::isLetter)
                && !knows(word)) {
            addMisspelt(word, found);
        }
        return found;
    }

    @FunctionalInterface
    private interface Choice {
        boolean takes(String term) throws IOException;
    }

    private void scan(String beginning, Set<String> found, Choice choice) throws IOException {
        if (terms == null) {
            return;
        }
        BytesRef prefix = new BytesRef(beginning);
        TermsEnum all = terms.iterator();
        if (all.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
            return;
        }
        BytesRef term = all.term();
        for (int looks = 0;
                looks < MOST_LOOKS && found.size() < MOST_FORMS && term != null;
                looks++) {
            if (!StringHelper.startsWith(term, prefix)) {
                return;
            }
            String text = term.utf8ToString();
            if (choice.takes(text)) {
                found.add(text);
            }
            term = all.next();
        }
    }

    private boolean knows(String word) throws IOException {
        return terms != null && terms.iterator().seekExact(new BytesRef(word));
    }

    /** What nobody ever said is perhaps misspelt: words that differ by one letter, not the first. */
    private void addMisspelt(String word, Set<String> found) throws IOException {
        if (terms == null) {
            return;
        }
        TermsEnum similar = new FuzzyTermsEnum(terms, new Term(Fields.TEXT, word), 1, 1, true);
        for (BytesRef term = similar.next();
                term != null && found.size() < MOST_TYPOS;
                term = similar.next()) {
            found.add(term.utf8ToString());
        }
    }
}
