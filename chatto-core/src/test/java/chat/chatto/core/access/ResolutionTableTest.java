package chat.chatto.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Holds the resolution against the rules written down once more, as plainly as possible. */
class ResolutionTableTest {

    private static final List<Scope> NEAREST_FIRST =
            List.of(States.IN_ROOM, States.IN_GROUP, States.ON_SERVER);

    /** What one scope says to one subject. */
    enum Say {
        NOTHING,
        ALLOWED,
        DENIED
    }

    /** All 19,683 ways to allow and deny one thing to a person, a role of theirs and everyone in the three scopes. */
    @Property(generation = GenerationMode.EXHAUSTIVE)
    void decidesEveryCombinationAsTheRulesSay(
            @ForAll Say userRoom,
            @ForAll Say userGroup,
            @ForAll Say userServer,
            @ForAll Say roleRoom,
            @ForAll Say roleGroup,
            @ForAll Say roleServer,
            @ForAll Say allRoom,
            @ForAll Say allGroup,
            @ForAll Say allServer) {
        Permission permission = Permission.MESSAGE_POST;
        List<Grant> grants = new ArrayList<>();
        say(grants, new Subject.OfUser(States.ADA), permission, userRoom, userGroup, userServer);
        say(grants, new Subject.OfRole(States.CREW), permission, roleRoom, roleGroup, roleServer);
        say(grants, new Subject.OfRole(RoleId.EVERYONE), permission, allRoom, allGroup, allServer);

        check(List.of(States.CREW), grants, permission);
    }

    @Property(tries = 3000)
    void decidesForAnyRolesAndPermissionAsTheRulesSay(
            @ForAll("adasRoles") List<RoleId> adas,
            @ForAll("grants") List<Grant> grants,
            @ForAll Permission permission) {
        check(adas, grants, permission);
    }

    @Provide
    Arbitrary<List<RoleId>> adasRoles() {
        return Arbitraries.subsetOf(States.CREW, States.GUESTS).map(List::copyOf);
    }

    @Provide
    Arbitrary<List<Grant>> grants() {
        Arbitrary<Subject> subject =
                Arbitraries.of(
                        new Subject.OfUser(States.ADA),
                        new Subject.OfUser(States.BEN),
                        new Subject.OfUser(States.OWNER),
                        new Subject.OfRole(States.CREW),
                        new Subject.OfRole(States.GUESTS),
                        new Subject.OfRole(RoleId.EVERYONE));
        return Combinators.combine(
                        Arbitraries.of(NEAREST_FIRST),
                        subject,
                        Arbitraries.of(Permission.class),
                        Arbitraries.of(Effect.class))
                .as(Grant::new)
                .list()
                .ofMaxSize(120)
                .uniqueElements(
                        grant -> List.of(grant.scope(), grant.subject(), grant.permission()));
    }

    private static void check(List<RoleId> adas, List<Grant> grants, Permission permission) {
        AccessState state = States.of(adas, grants);
        for (Place place :
                List.of(
                        new Place.OnServer(),
                        new Place.InGroup(States.GROUP),
                        new Place.InRoom(States.ROOM, Optional.of(States.GROUP)),
                        new Place.InRoom(States.ROOM, Optional.empty()),
                        new Place.InDirectMessage(States.ROOM, Set.of(States.ADA)),
                        new Place.InDirectMessage(States.ROOM, Set.of(States.BEN)))) {
            assertThat(Resolution.decide(state, States.ADA, permission, place).allowed())
                    .as("%s with %s for %s at %s", grants, adas, permission, place)
                    .isEqualTo(expected(adas, grants, permission, place));
        }
        assertThat(
                        Resolution.decide(state, States.OWNER, permission, new Place.OnServer())
                                .allowed())
                .isTrue();
    }

    /** The rules as the documentation has them, for Ada, who is no owner. */
    private static boolean expected(
            List<RoleId> adas, List<Grant> grants, Permission permission, Place place) {
        boolean direct = place instanceof Place.InDirectMessage;
        if (place instanceof Place.InDirectMessage in && !in.participants().contains(States.ADA)) {
            return false;
        }
        if (direct
                && Set.of(
                                "room.manage",
                                "room.ban-member",
                                "message.manage",
                                "message.echo",
                                "room.create",
                                "message.post-in-thread")
                        .contains(permission.text())) {
            return false;
        }
        List<Subject> named = new ArrayList<>();
        named.add(new Subject.OfUser(States.ADA));
        adas.forEach(role -> named.add(new Subject.OfRole(role)));
        List<Grant> holding =
                named.stream()
                        .flatMap(subject -> nearest(grants, subject, permission, place))
                        .toList();
        if (holding.stream().anyMatch(grant -> grant.effect() == Effect.DENY)) {
            return false;
        }
        Optional<Grant> forAll =
                nearest(grants, new Subject.OfRole(RoleId.EVERYONE), permission, place).findFirst();
        boolean deniedToAll = forAll.filter(grant -> grant.effect() == Effect.DENY).isPresent();
        if (holding.stream().anyMatch(grant -> !deniedToAll || !nearer(forAll.get(), grant))) {
            return true;
        }
        return forAll.map(grant -> grant.effect() == Effect.ALLOW)
                .orElse(
                        direct
                                && Set.of(
                                                "room.join",
                                                "message.post",
                                                "message.attach",
                                                "message.react")
                                        .contains(permission.text()));
    }

    private static boolean nearer(Grant one, Grant than) {
        return NEAREST_FIRST.indexOf(one.scope()) < NEAREST_FIRST.indexOf(than.scope());
    }

    private static Stream<Grant> nearest(
            List<Grant> grants, Subject subject, Permission permission, Place place) {
        return scopes(place).stream()
                .flatMap(
                        scope ->
                                grants.stream()
                                        .filter(
                                                grant ->
                                                        grant.scope().equals(scope)
                                                                && grant.subject().equals(subject)
                                                                && grant.permission()
                                                                        == permission))
                .limit(1);
    }

    private static List<Scope> scopes(Place place) {
        return switch (place) {
            case Place.OnServer(), Place.InDirectMessage _ -> List.of(States.ON_SERVER);
            case Place.InGroup _ -> List.of(States.IN_GROUP, States.ON_SERVER);
            case Place.InRoom in ->
                    in.group().isPresent()
                            ? NEAREST_FIRST
                            : List.of(States.IN_ROOM, States.ON_SERVER);
        };
    }

    private static void say(
            List<Grant> grants, Subject subject, Permission permission, Say... nearestFirst) {
        for (int i = 0; i < nearestFirst.length; i++) {
            Scope scope = NEAREST_FIRST.get(i);
            switch (nearestFirst[i]) {
                case NOTHING -> {}
                case ALLOWED -> grants.add(new Grant(scope, subject, permission, Effect.ALLOW));
                case DENIED -> grants.add(new Grant(scope, subject, permission, Effect.DENY));
            }
        }
    }
}
