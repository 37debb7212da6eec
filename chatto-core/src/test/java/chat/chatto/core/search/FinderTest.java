package chat.chatto.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Mentions;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;

import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is found by which words, without any server. */
class FinderTest {

    private static final RoomId ROOM = new RoomId("R1");
    private static final Set<Language> ALL = EnumSet.allOf(Language.class);

    private final ByteBuffersDirectory files = new ByteBuffersDirectory();
    private SearchIndex index;
    private int next;

    @BeforeEach
    void open() throws IOException {
        index = SearchIndex.open(files);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
        files.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The deployments failed again|deployment",
                "He was running late|run",
                "Wir haben neue Häuser gebaut|haus",
                "Wir haben neue Häuser gebaut|HÄUSER",
                "Straße gesperrt|strasse",
                "les chevaux sont partis|cheval",
                "l'avion est en retard|avion",
                "las canciones nuevas|canción",
                "несколько домов|дом",
                "الكتاب على الطاولة|كتاب",
                "我们明天去东京塔吃饭|东京塔",
                "我们明天去东京塔吃饭|塔",
                "東京タワーに行きました|タワー",
                "ｆｕｌｌｗｉｄｔｈ letters|fullwidth",
                "안녕하세요 여러분|안녕",
                "see https://example.org/build-log.txt|build-log",
                "report_2026-final.pdf is there|final",
                "build 3.14 is out|3.14",
                "ship it 🎉|🎉",
                "The deploymants failed|deployments",
            })
    void findsWordsInTheirForms(String said, String sought) throws IOException {
        say("something else entirely, 無關的話");
        say(said);

        assertThat(find(ALL, sought)).containsExactly(1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "京都の東|東京",
                "bananas|banner",
                "to the moon|\"the to\"",
                "Häuser|\"haus\"",
            })
    void doesNotFindOtherWords(String said, String sought) throws IOException {
        say(said);

        assertThat(find(ALL, sought)).isEmpty();
    }

    @Test
    void findsNoFormsWithoutLanguages() throws IOException {
        say("deployments");
        say("deployment");

        assertThat(find(Set.of(), "deployment")).containsExactly(1L);
    }

    @Test
    void findsPhrasesAndBeginnings() throws IOException {
        say("we fly to the moon");
        say("to fly over the moon");
        say("no wings");

        assertThat(find(ALL, "\"to the moon\"")).containsExactly(0L);
        assertThat(find(ALL, "moo*")).containsExactly(1L, 0L);
        assertThat(find(ALL, "fly moon")).containsExactly(1L, 0L);
        assertThat(find(ALL, "the-mo*")).containsExactly(1L, 0L);
    }

    @Test
    void findsNothingForSignsAlone() throws IOException {
        say("!!! ???");

        assertThat(find(ALL, "!!!")).isEmpty();
    }

    @Test
    void goesOnBehindAPlaceAndReplacesWhatIsPutAgain() throws IOException {
        for (int i = 0; i < 5; i++) {
            say("same words");
        }
        index.put(message(2, "other words"));

        Finder.Matches first = matches("same", 2, Optional.empty());
        Finder.Matches second = matches("same", 9, Optional.of(first.found().getLast().place()));

        assertThat(ordinals(first)).containsExactly(4L, 3L);
        assertThat(first.complete()).isFalse();
        assertThat(ordinals(second)).containsExactly(1L, 0L);
        assertThat(second.complete()).isTrue();
    }

    @Test
    void findsTheLaterOfOneMillisecondFirst() throws IOException {
        for (long ordinal = 0; ordinal < 20; ordinal++) {
            index.add(message(ordinal, "at once", Instant.EPOCH));
        }

        Finder.Matches first = matches("once", 12, Optional.empty());
        Finder.Matches rest = matches("once", 12, Optional.of(first.found().getLast().place()));

        assertThat(ordinals(first)).startsWith(19L, 18L, 17L).endsWith(9L, 8L);
        assertThat(ordinals(rest)).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
    }

    private void say(String body) throws IOException {
        index.add(message(next++, body));
    }

    private List<Long> find(Set<Language> languages, String query) throws IOException {
        return ordinals(matches(languages, query, 10, Optional.empty()));
    }

    private Finder.Matches matches(String query, int most, Optional<SearchPlace> after)
            throws IOException {
        return matches(ALL, query, most, after);
    }

    private Finder.Matches matches(
            Set<Language> languages, String query, int most, Optional<SearchPlace> after)
            throws IOException {
        var wish =
                new Wish(
                        SearchQuery.parse(query).conditions(),
                        Set.of(ROOM),
                        Set.of(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Set.of(),
                        false,
                        after);
        index.refresh();
        return index.read(searcher -> new Finder(searcher, languages).find(wish, most));
    }

    private static List<Long> ordinals(Finder.Matches matches) {
        return matches.found().stream().map(found -> found.address().ordinal()).toList();
    }

    static Message message(long ordinal, String body) {
        return message(ordinal, body, Instant.ofEpochSecond(ordinal));
    }

    private static Message message(long ordinal, String body, Instant at) {
        return new Message(
                "M" + ordinal,
                new MessageAddress(TimelineId.main(ROOM), ordinal),
                new UserId("Uann"),
                body,
                at,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Mentions.NONE,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of());
    }
}
