package chat.chatto.core.room;

import chat.chatto.core.account.UserId;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A room as it is now.
 *
 * @param name 1 to {@value Rooms#NAME_CHARACTERS} code points, unlike every other room's
 * @param description Markdown, at most {@value Rooms#DESCRIPTION_BYTES} bytes of UTF-8; may be empty
 * @param archived whether nobody may write into it or join it any more
 * @param group empty for a room that is in no group
 * @param participants between whom a direct message is; empty for a channel
 * @param shard which shard of the timelines holds its messages
 * @param createdBy {@link UserId#SYSTEM} for a room that the product made by itself
 * @param memberCount how many people belong to it
 * @param revision of SERVER: the latest change of the room or its memberships
 */
public record Room(
        RoomId id,
        String name,
        String description,
        boolean archived,
        RoomKind kind,
        Optional<GroupId> group,
        Set<UserId> participants,
        int shard,
        UserId createdBy,
        Instant createdAt,
        long memberCount,
        long revision) {

    public Room {
        participants = Set.copyOf(participants);
    }
}
