package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Ids;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.core.stored.v1.StoredRoomKind;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens conversations of a few people. Who takes part makes up a conversation's id, so that the same people always find the same one,
 * whoever of them asks, and whichever server. Safe for use by many threads.
 */
public final class Conversations {

    /** The most people in one conversation. */
    public static final int PARTICIPANTS = 10;

    private final ServerBucket server;
    private final RoomDirectory directory;
    private final UserDirectory users;
    private final InstantSource clock;
    private final int shards;

    @Inject
    public Conversations(
            ServerBucket server,
            RoomDirectory directory,
            UserDirectory users,
            InstantSource clock,
            Storage storage) {
        this.server = server;
        this.directory = directory;
        this.users = users;
        this.clock = clock;
        this.shards = storage.shards();
    }

    /**
     * The conversation of the actor with these others, which is made if there is none; with nobody else it is for notes.
     *
     * @throws ChattoException INVALID for too many people or somebody who has no account, UNAVAILABLE
     */
    public OpenedConversation open(UserId actor, Collection<UserId> others) {
        List<UserId> participants =
                Stream.concat(Stream.of(actor), others.stream())
                        .distinct()
                        .sorted(UserId.BY_VALUE)
                        .toList();
        if (participants.size() > PARTICIPANTS) {
            throw ChattoException.invalid(
                    "userIds", "must be at most " + (PARTICIPANTS - 1) + " other people");
        }
        RoomId id = id(participants);
        Optional<Room> known = directory.find(id);
        if (known.isPresent()) {
            return new OpenedConversation(known.get(), false);
        }
        for (UserId participant : participants) {
            if (!users.certainlyActive(participant)) {
                throw ChattoException.invalid(
                        "userIds", "names " + participant + ", who has no account here");
            }
        }
        return make(id, actor, participants);
    }

    private OpenedConversation make(RoomId id, UserId actor, List<UserId> participants) {
        StoredRoom room =
                StoredRoom.newBuilder()
                        .setFormat(FORMAT)
                        .setKind(StoredRoomKind.STORED_ROOM_KIND_DIRECT_MESSAGE)
                        .addAllParticipants(participants.stream().map(UserId::value).toList())
                        .setShard(RoomRecords.shard(id, shards))
                        .setCreatedBy(actor.value())
                        .setCreatedAtMillis(clock.millis())
                        .build();
        try {
            server.transact(
                    List.of(new Write.Create(RoomDirectory.roomKey(id), room.toByteArray())));
            return new OpenedConversation(directory.require(id), true);
        } catch (ConflictException _) {
            // Another server, or another of them, was first: it is the same conversation.
            return new OpenedConversation(directory.require(id), false);
        }
    }

    private static RoomId id(List<UserId> participants) {
        return new RoomId(
                Ids.derivedRoom(
                        Stream.concat(Stream.of("dm"), participants.stream().map(UserId::value))
                                .toList()));
    }
}
