package chat.chatto.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.chaos.Checker.Breach;
import chat.chatto.acceptance.chaos.Checker.Finding;
import chat.chatto.acceptance.chaos.Deed.Outcome;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A checker that finds nothing proves nothing unless it is able to find something. */
class CheckerTest {

    private static final String ROOM = "room";

    private final List<Deed> deeds = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    @Test
    void findsNothingWhereEverythingIsAsAcknowledged() {
        posted("ada-0", 0);
        posted("ada-1", 1);
        edited(0, "ada-0 better", Outcome.ACKNOWLEDGED);
        reacted(1, true, Outcome.ACKNOWLEDGED);
        line("ada-0 better", Map.of());
        line("ada-1", Map.of("👍", 1));

        assertThat(breaches()).isEmpty();
    }

    @Test
    void findsALostPost() {
        posted("ada-0", 0);
        posted("ada-1", 1);
        line("ada-0", Map.of());

        assertThat(breaches()).containsExactly(Breach.LOST);
    }

    @Test
    void findsADoubledPost() {
        posted("ada-0", 0);
        line("ada-0", Map.of());
        line("ada-0", Map.of());

        assertThat(breaches()).containsExactly(Breach.DOUBLED);
    }

    @Test
    void findsAPostElsewhereThanAcknowledged() {
        posted("ada-0", 1);
        deeds.add(new Deed.Post("ben", ROOM, "ben-0", OptionalLong.of(0)));
        line("ada-0", Map.of());
        lines.add(new Line(1, "ben", "ben-0", Map.of()));

        assertThat(breaches()).containsExactly(Breach.REORDERED, Breach.REORDERED);
    }

    @Test
    void findsPostsInAnotherOrderThanTheirAuthors() {
        posted("ada-0", 1);
        posted("ada-1", 0);
        line("ada-1", Map.of());
        line("ada-0", Map.of());

        assertThat(breaches()).containsExactly(Breach.REORDERED);
    }

    @Test
    void findsWhatNobodyPosted() {
        line("eve-0", Map.of());

        assertThat(breaches()).containsExactly(Breach.INVENTED);
    }

    @Test
    void findsAHoleInTheNumbers() {
        posted("ada-0", 1);
        lines.add(new Line(1, "ada", "ada-0", Map.of()));

        assertThat(breaches()).contains(Breach.INVENTED);
    }

    @Test
    void acceptsAPostWithoutAnAcknowledgementThereOrNot() {
        attempted("ada-0");
        attempted("ada-1");
        line("ada-1", Map.of());

        assertThat(breaches()).isEmpty();
    }

    @Test
    void findsALostEdit() {
        posted("ada-0", 0);
        edited(0, "ada-0 better", Outcome.ACKNOWLEDGED);
        line("ada-0", Map.of());

        assertThat(breaches()).containsExactly(Breach.LOST_EDIT);
    }

    @Test
    void findsAnEditOverwrittenByAnEarlierOne() {
        posted("ada-0", 0);
        edited(0, "ada-0 good", Outcome.ACKNOWLEDGED);
        edited(0, "ada-0 better", Outcome.ACKNOWLEDGED);
        line("ada-0 good", Map.of());

        assertThat(breaches()).containsExactly(Breach.LOST_EDIT);
    }

    @Test
    void acceptsEitherBodyAfterAnEditWithoutAnAcknowledgement() {
        posted("ada-0", 0);
        posted("ada-1", 1);
        edited(0, "ada-0 better", Outcome.UNKNOWN);
        edited(1, "ada-1 better", Outcome.UNKNOWN);
        line("ada-0", Map.of());
        line("ada-1 better", Map.of());

        assertThat(breaches()).isEmpty();
    }

    @Test
    void acceptsALaterEffectOfAnAttemptThatWasLeftWithoutAnAnswer() {
        posted("ada-0", 0);
        edited(0, "ada-0 good", Outcome.ACKNOWLEDGED_LATE);
        edited(0, "ada-0 better", Outcome.ACKNOWLEDGED);
        line("ada-0 good", Map.of());

        assertThat(breaches()).isEmpty();
    }

    @Test
    void findsALostReaction() {
        posted("ada-0", 0);
        reacted(0, true, Outcome.ACKNOWLEDGED);
        line("ada-0", Map.of());

        assertThat(breaches()).containsExactly(Breach.LOST_REACTION);
    }

    @Test
    void findsAReactionThatWasTakenBack() {
        posted("ada-0", 0);
        reacted(0, true, Outcome.ACKNOWLEDGED);
        reacted(0, false, Outcome.ACKNOWLEDGED);
        line("ada-0", Map.of("👍", 1));

        assertThat(breaches()).containsExactly(Breach.LOST_REACTION);
    }

    @Test
    void findsAReactionThatCountsTwice() {
        posted("ada-0", 0);
        reacted(0, true, Outcome.ACKNOWLEDGED);
        line("ada-0", Map.of("👍", 2));

        assertThat(breaches()).containsExactly(Breach.LOST_REACTION);
    }

    @Test
    void tellsWhereTwoViewsDiffer() {
        Line here = new Line(0, "ada", "ada-0", Map.of());
        Line there = new Line(0, "ada", "ada-0 better", Map.of());

        assertThat(
                        Checker.differences(
                                "ben", Map.of(ROOM, List.of(here)), Map.of(ROOM, List.of(here))))
                .isEmpty();
        assertThat(
                        Checker.differences(
                                "ben", Map.of(ROOM, List.of(here)), Map.of(ROOM, List.of(there))))
                .singleElement()
                .asString()
                .contains("ben shows", "ada-0 better");
        assertThat(Checker.differences("ben", Map.of(), Map.of(ROOM, List.of(there)))).hasSize(1);
    }

    private List<Breach> breaches() {
        return Checker.check(deeds, Map.of(ROOM, lines)).stream().map(Finding::breach).toList();
    }

    private void posted(String token, long ordinal) {
        deeds.add(new Deed.Post("ada", ROOM, token, OptionalLong.of(ordinal)));
    }

    private void attempted(String token) {
        deeds.add(new Deed.Post("ada", ROOM, token, OptionalLong.empty()));
    }

    private void edited(long ordinal, String body, Outcome outcome) {
        deeds.add(new Deed.Edit("ada", ROOM, ordinal, body, outcome));
    }

    private void reacted(long ordinal, boolean present, Outcome outcome) {
        deeds.add(new Deed.Reaction("ada", ROOM, ordinal, "👍", present, outcome));
    }

    private void line(String body, Map<String, Integer> reactions) {
        lines.add(new Line(lines.size(), "ada", body, reactions));
    }
}
