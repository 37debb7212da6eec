package chat.chatto.core.room;

import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredRoom;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes channels. Safe for use by many threads. */
final class RoomEditing {

    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final RoomDirectory directory;
    private final RoomAccess access;
    private final RoomRules rules;
    private final RoomRecords records;
    private final Arrangement arrangement;
    private final RoomHeads heads;

    RoomEditing(ServerBucket server, RoomDirectory directory, RoomAccess access, RoomHeads heads) {
        this.server = server;
        this.directory = directory;
        this.access = access;
        this.rules = new RoomRules(directory, access);
        this.records = new RoomRecords(server);
        this.arrangement = new Arrangement(server, directory);
        this.heads = heads;
    }

    /** As {@link Rooms#change}, of a channel that the actor may know of. */
    Room change(UserId actor, RoomId room, RoomChange change) {
        access.check(actor, RoomAction.MANAGE, room);
        Optional<String> name = change.name().map(RoomRules::name);
        Optional<String> description = change.description().map(RoomRules::description);
        Optional<Duration> slowMode = change.slowMode().map(RoomRules::slowMode);
        change.group().ifPresent(group -> access.checkCreate(actor, Optional.of(group)));
        if (change.position().isPresent()) {
            access.checkArrange(actor);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Entry entry =
                    server.read(RoomDirectory.roomKey(room))
                            .orElseThrow(() -> RoomDirectory.unknown(room));
            StoredRoom former = Records.parse(StoredRoom.parser(), entry.value());
            StoredRoom.Builder changed = former.toBuilder();
            name.ifPresent(changed::setName);
            description.ifPresent(changed::setDescription);
            change.archived().ifPresent(changed::setArchived);
            slowMode.ifPresent(pause -> changed.setSlowModeSeconds((int) pause.toSeconds()));
            List<Write> writes = new ArrayList<>();
            change.group().ifPresent(group -> regroup(group, changed, writes));
            change.position().ifPresent(position -> place(actor, room, position, changed, writes));
            boolean restricted = change.restricted().orElseGet(() -> access.isPrivate(room));
            change.universal()
                    .ifPresent(universal -> universal(actor, room, universal, restricted, changed));
            if (restricted && changed.getUniversal()) {
                throw RoomRules.neverBoth();
            }
            change.restricted().ifPresent(hidden -> access.setPrivate(actor, room, hidden));
            if (!changed.build().equals(former)) {
                writes.addAll(records.rewriting(room, entry, former, changed.build()));
            }
            if (writes.isEmpty()) {
                server.awaitApplied(entry.revision());
                return directory.require(room);
            }
            try {
                server.transact(writes);
                return directory.require(room);
            } catch (ConflictException _) {
                // Another change, or the name was taken meanwhile: look again.
            }
        }
        throw RoomRules.busy();
    }

    private void regroup(GroupId group, StoredRoom.Builder changed, List<Write> writes) {
        String stored = RoomRecords.stored(group);
        if (!changed.getGroup().equals(stored)) {
            writes.addAll(records.holding(group));
            changed.setGroup(stored).clearRank();
        }
    }

    private void place(
            UserId actor,
            RoomId room,
            int position,
            StoredRoom.Builder changed,
            List<Write> writes) {
        GroupId group =
                changed.getGroup().isEmpty() ? GroupId.LOBBY : new GroupId(changed.getGroup());
        arrangement.move(
                room, group, position, changed, other -> access.maySee(actor, other), writes);
    }

    private void universal(
            UserId actor,
            RoomId room,
            boolean universal,
            boolean restricted,
            StoredRoom.Builder changed) {
        if (universal == changed.getUniversal()) {
            return;
        }
        if (universal) {
            rules.checkUniversal(actor, restricted);
            changed.setUniversalAfter(heads.head(room) + 1);
        } else {
            access.checkArrange(actor);
        }
        changed.setUniversal(universal).setFormerlyUniversal(!universal);
    }
}
