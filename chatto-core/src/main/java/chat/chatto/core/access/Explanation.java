package chat.chatto.core.access;

import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.RoomId;

/** Says in words why something is permitted or not. */
final class Explanation {

    private Explanation() {}

    /** For who was refused. */
    static String refusal(Permission permission, Decision decision) {
        return "This needs the permission " + permission + ": " + reason(decision);
    }

    /** What decided, as a sentence. */
    static String reason(Decision decision) {
        return switch (decision.reason()) {
            case OWNER -> "Everything is permitted to owners";
            case GRANT, EVERYONE -> decision.decidedBy().map(Explanation::words).orElseThrow();
            case DIRECT_MESSAGE_DEFAULT -> "Those who take part in a direct message may do this";
            case DIRECT_MESSAGE_BOUNDARY -> "In a direct message this is for nobody but owners";
            case NO_PARTICIPANT ->
                    "Only those who take part in a direct message may do anything there";
            case NOTHING_ALLOWS -> "Neither a role nor a grant allows it";
        };
    }

    private static String words(Grant grant) {
        String effect =
                switch (grant.effect()) {
                    case ALLOW -> "It is allowed ";
                    case DENY -> "It is denied ";
                };
        String subject =
                switch (grant.subject()) {
                    case Subject.OfRole(RoleId role) ->
                            role.equals(RoleId.EVERYONE) ? "to everyone" : "to the role " + role;
                    case Subject.OfUser _ -> "to this person";
                };
        String scope =
                switch (grant.scope()) {
                    case Scope.Server() -> " on the whole server";
                    case Scope.Group(GroupId group) -> " in the group " + group;
                    case Scope.OfRoom(RoomId room) -> " in the room " + room;
                };
        return effect + subject + scope;
    }
}
