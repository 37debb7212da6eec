package chat.chatto.core.access;

import static chat.chatto.core.access.Effect.ALLOW;
import static chat.chatto.core.access.Effect.DENY;
import static chat.chatto.core.access.States.ADA;
import static chat.chatto.core.access.States.BEN;
import static chat.chatto.core.access.States.CREW;
import static chat.chatto.core.access.States.GROUP;
import static chat.chatto.core.access.States.GUESTS;
import static chat.chatto.core.access.States.IN_GROUP;
import static chat.chatto.core.access.States.IN_ROOM;
import static chat.chatto.core.access.States.ON_SERVER;
import static chat.chatto.core.access.States.OWNER;
import static chat.chatto.core.access.States.ROOM;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.access.Decision.Reason;
import chat.chatto.core.account.UserId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules one by one; {@link ResolutionTableTest} tries all combinations. */
class ResolutionTest {

    private static final Permission POST = Permission.MESSAGE_POST;
    private static final Place IN_THE_ROOM = new Place.InRoom(ROOM, Optional.of(GROUP));
    private static final Place DIRECT = new Place.InDirectMessage(ROOM, Set.of(ADA, OWNER));

    @Test
    void refusesWhatNothingSpeaksOf() {
        assertThat(decide(ADA, IN_THE_ROOM))
                .isEqualTo(Decision.NOTHING_ALLOWS)
                .extracting(Decision::allowed)
                .isEqualTo(false);
    }

    @Test
    void letsOwnersDoEverythingWhateverIsDenied() {
        Decision decision =
                decide(
                        OWNER,
                        IN_THE_ROOM,
                        everyone(IN_ROOM, DENY),
                        new Grant(IN_ROOM, new Subject.OfUser(OWNER), POST, DENY));

        assertThat(decision).isEqualTo(Decision.OWNER);
    }

    @Test
    void letsTheNearestScopeDecideForOneSubject() {
        assertThat(allows(everyone(ON_SERVER, ALLOW), everyone(IN_ROOM, DENY))).isFalse();
        assertThat(allows(everyone(ON_SERVER, DENY), everyone(IN_GROUP, ALLOW))).isTrue();
        assertThat(allows(crew(IN_GROUP, DENY), crew(IN_ROOM, ALLOW))).isTrue();
        assertThat(allows(ada(ON_SERVER, ALLOW), ada(IN_GROUP, DENY))).isFalse();
    }

    @Test
    void letsADenialToOneRoleBeatWhatAnotherSubjectIsAllowed() {
        assertThat(allows(ada(IN_ROOM, ALLOW), crew(ON_SERVER, DENY))).isFalse();
        assertThat(allows(crew(IN_ROOM, ALLOW), guests(ON_SERVER, DENY))).isFalse();
    }

    @Test
    void letsWhatIsAllowedInPersonBeatADenialToEveryoneUnlessThatIsNearer() {
        assertThat(allows(crew(IN_ROOM, ALLOW), everyone(IN_ROOM, DENY))).isTrue();
        assertThat(allows(ada(IN_GROUP, ALLOW), everyone(ON_SERVER, DENY))).isTrue();
        assertThat(allows(crew(ON_SERVER, ALLOW), everyone(IN_ROOM, DENY))).isFalse();
        assertThat(allows(crew(ON_SERVER, ALLOW), ada(IN_ROOM, ALLOW), everyone(IN_ROOM, DENY)))
                .isTrue();
    }

    @Test
    void doesNotCountWhatARoleIsAllowedThatThePersonDoesNotHave() {
        assertThat(decide(BEN, IN_THE_ROOM, crew(IN_ROOM, ALLOW)).allowed()).isFalse();
    }

    @Test
    void doesNotCountRolesThatAreNoMore() {
        AccessState state =
                States.of(List.of(CREW), List.of(crew(ON_SERVER, ALLOW))).without(CREW, 2);

        assertThat(Resolution.decide(state, ADA, POST, IN_THE_ROOM).allowed()).isFalse();
    }

    @Test
    void doesNotCountWhatHoldsInARoomElsewhere() {
        Grant inRoom = everyone(IN_ROOM, ALLOW);

        assertThat(decide(ADA, new Place.OnServer(), inRoom).allowed()).isFalse();
        assertThat(decide(ADA, new Place.InGroup(GROUP), inRoom).allowed()).isFalse();
        assertThat(decide(ADA, DIRECT, everyone(IN_GROUP, DENY)).allowed()).isTrue();
    }

    @Test
    void saysWhichGrantDecided() {
        Grant deciding = crew(IN_GROUP, DENY);

        Decision decision = decide(ADA, IN_THE_ROOM, ada(IN_ROOM, ALLOW), deciding);

        assertThat(decision.reason()).isEqualTo(Reason.GRANT);
        assertThat(decision.decidedBy()).contains(deciding);
        assertThat(Explanation.refusal(POST, decision))
                .isEqualTo(
                        "This needs the permission message.post: It is denied to the role crew in"
                                + " the group Ggroup");
    }

    @Test
    void keepsEverybodyElseOutOfDirectMessages() {
        Place others = new Place.InDirectMessage(ROOM, Set.of(ADA, BEN));

        assertThat(decide(OWNER, others)).isEqualTo(Decision.NO_PARTICIPANT);
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void drawsABoundaryAroundDirectMessages(Permission permission) {
        AccessState nothing = States.of(List.of(), List.of());
        AccessState allowed =
                States.of(
                        List.of(),
                        List.of(new Grant(ON_SERVER, new Subject.OfUser(ADA), permission, ALLOW)));
        boolean beyond =
                List.of(
                                "room.manage",
                                "room.ban-member",
                                "message.manage",
                                "message.echo",
                                "room.create",
                                "message.post-in-thread")
                        .contains(permission.text());
        boolean usual =
                List.of("room.join", "message.post", "message.attach", "message.react")
                        .contains(permission.text());

        assertThat(Resolution.decide(allowed, ADA, permission, DIRECT).allowed())
                .isEqualTo(!beyond);
        assertThat(Resolution.decide(nothing, ADA, permission, DIRECT).allowed()).isEqualTo(usual);
        assertThat(Resolution.decide(nothing, OWNER, permission, DIRECT).allowed()).isTrue();
    }

    private static boolean allows(Grant... grants) {
        return decide(ADA, IN_THE_ROOM, grants).allowed();
    }

    private static Decision decide(UserId user, Place place, Grant... grants) {
        AccessState state = States.of(List.of(CREW, GUESTS), List.of(grants));
        return Resolution.decide(state, user, POST, place);
    }

    private static Grant everyone(Scope scope, Effect effect) {
        return new Grant(scope, new Subject.OfRole(RoleId.EVERYONE), POST, effect);
    }

    private static Grant crew(Scope scope, Effect effect) {
        return new Grant(scope, new Subject.OfRole(CREW), POST, effect);
    }

    private static Grant guests(Scope scope, Effect effect) {
        return new Grant(scope, new Subject.OfRole(GUESTS), POST, effect);
    }

    private static Grant ada(Scope scope, Effect effect) {
        return new Grant(scope, new Subject.OfUser(ADA), POST, effect);
    }
}
