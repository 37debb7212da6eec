package chat.chatto.core.room;

import chat.chatto.core.account.UserId;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A room as it is now.
 *
 * @param name 1 to {@value Rooms#NAME_CHARACTERS} code points, unlike every other room's; empty for a conversation
 * @param description Markdown, at most {@value Rooms#DESCRIPTION_BYTES} bytes of UTF-8; may be empty
 * @param archived whether nobody may write into it or join it any more
 * @param shard which shard of the timelines holds its messages
 * @param createdBy {@link UserId#SYSTEM} for a room that the product made by itself
 * @param memberCount how many people belong to it
 * @param revision of SERVER: the latest change of the room or its memberships
 * @param group where a channel is listed; empty for a conversation
 * @param rank sorts the rooms of a group, smaller first; 0 for those that follow by name
 * @param universal whether everybody belongs to it, without joining
 * @param firstNews of a universal room: messages before this ordinal are no news to those who never read it
 * @param slowMode the least time between two messages of a member, zero for no limit
 * @param participants who takes part in a conversation, empty for a channel
 */
public record Room(
        RoomId id,
        RoomKind kind,
        String name,
        String description,
        boolean archived,
        int shard,
        UserId createdBy,
        Instant createdAt,
        long memberCount,
        long revision,
        Optional<GroupId> group,
        long rank,
        boolean universal,
        long firstNews,
        Duration slowMode,
        Set<UserId> participants) {

    public Room {
        participants = Set.copyOf(participants);
    }

    /** Whether it is a conversation, which is nobody's business but its participants'. */
    public boolean direct() {
        return kind == RoomKind.DIRECT_MESSAGE;
    }

    /**
     * How far somebody has read who belongs to the room.
     *
     * @param stored what is on record of them, -1 for nothing
     */
    public long readThrough(long stored) {
        return stored < 0 ? firstNews - 1 : stored;
    }
}
