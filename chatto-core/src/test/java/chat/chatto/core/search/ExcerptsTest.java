package chat.chatto.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

class ExcerptsTest {

    @Test
    void marksEveryFindWithoutMarkup() {
        assertThat(excerpt("**Rockets** fly.\n\n- a _rocket_ too", any("rocket", "rockets")))
                .isEqualTo("[Rockets] fly. a [rocket] too");
    }

    @Test
    void marksPhrasesAsOne() {
        assertThat(excerpt("fly to the moon, the moon", phrase("the", "moon")))
                .isEqualTo("fly to [the moon], [the moon]");
    }

    @Test
    void marksPairsOfCharacters() {
        assertThat(excerpt("明天去东京塔吃饭", phrase("东京", "京塔"))).isEqualTo("明天去[东京塔]吃饭");
    }

    @Test
    void cutsAroundTheFirstFind() {
        String excerpt =
                excerpt("word ".repeat(100) + "rocket" + " more".repeat(100), any("rocket"));

        assertThat(excerpt).startsWith("…word").contains("[rocket]").endsWith("more…");
        assertThat(excerpt.length()).isBetween(180, 260);
    }

    @Test
    void showsTheBeginningWhereNothingWasLookedFor() {
        assertThat(excerpt("x".repeat(999))).isEqualTo("x".repeat(240) + "…");
    }

    private static Clause any(String... terms) {
        return new Clause(List.of(new Clause.Place.AnyOf(Set.of(terms))));
    }

    private static Clause phrase(String... terms) {
        return new Clause(
                List.of(terms).stream()
                        .<Clause.Place>map(term -> new Clause.Place.AnyOf(Set.of(term)))
                        .toList());
    }

    private static String excerpt(String body, Clause... clauses) {
        return Excerpts.of(FinderTest.message(0, body), List.of(clauses)).stream()
                .map(part -> part.highlighted() ? "[" + part.text() + "]" : part.text())
                .collect(Collectors.joining());
    }
}
