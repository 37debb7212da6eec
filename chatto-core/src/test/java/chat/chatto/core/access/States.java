package chat.chatto.core.access;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.RoomId;

import java.util.List;
import java.util.stream.Stream;

/** States that decide who may do what, for tests. */
final class States {

    static final UserId ADA = new UserId("Uada");
    static final UserId BEN = new UserId("Uben");
    static final UserId OWNER = new UserId("Uowner");
    static final RoleId CREW = new RoleId("crew");
    static final RoleId GUESTS = new RoleId("guests");
    static final RoomId ROOM = new RoomId("Rroom");
    static final GroupId GROUP = new GroupId("Ggroup");

    static final Scope ON_SERVER = new Scope.Server();
    static final Scope IN_GROUP = new Scope.Group(GROUP);
    static final Scope IN_ROOM = new Scope.OfRoom(ROOM);

    private States() {}

    /** Ada has these roles, of those that there are; one person is an owner. */
    static AccessState of(List<RoleId> adas, List<Grant> grants) {
        AccessState state = AccessState.empty().withOwner(OWNER, true, 1);
        for (RoleId role : List.of(RoleId.EVERYONE, CREW, GUESTS)) {
            state = state.with(new Role(role, role.value(), "", false, 0), 1);
        }
        state = state.with(ADA, adas, 1);
        for (Scope scope : List.of(ON_SERVER, IN_GROUP, IN_ROOM)) {
            Stream<Grant> here = grants.stream().filter(grant -> grant.scope().equals(scope));
            state = state.with(ScopeGrants.of(scope, here.toList()), 1);
        }
        return state;
    }
}
