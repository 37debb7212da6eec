package chat.chatto.core.room;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Listeners;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredGroup;
import chat.chatto.storage.KeyValueStore.Change;

import jakarta.inject.Inject;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** All groups of rooms in memory. The lobby is there even while nothing is on record of it. Safe for use by many threads. */
public final class GroupDirectory {

    private static final String KIND = "group";

    private static final Group UNNAMED_LOBBY = new Group(GroupId.LOBBY, "Lobby", "", 0, List.of());

    private final ServerBucket server;
    private final Map<GroupId, Group> groups = new ConcurrentHashMap<>();
    private final Listeners<List<Group>> listeners = new Listeners<>();

    @Inject
    public GroupDirectory(ServerBucket server) {
        this.server = server;
        groups.put(GroupId.LOBBY, UNNAMED_LOBBY);
        server.register(KIND, this::apply);
    }

    static String key(GroupId group) {
        return ServerBucket.entity(KIND, group.value());
    }

    /** All groups in their order. */
    public List<Group> all() {
        return groups.values().stream()
                .sorted(
                        Comparator.comparingLong(Group::rank)
                                .thenComparing(group -> group.id().value()))
                .toList();
    }

    /** A group, from memory. */
    public Optional<Group> find(GroupId group) {
        return Optional.ofNullable(groups.get(group));
    }

    /**
     * A group, also one that was made through another server a moment ago.
     *
     * @throws ChattoException NOT_FOUND, or UNAVAILABLE when this server does not know it and storage is away
     */
    public Group require(GroupId group) {
        return find(group)
                .or(() -> server.catchUp(key(group)) ? find(group) : Optional.empty())
                .orElseThrow(() -> unknown(group));
    }

    /**
     * Registers for all groups whenever one of them changed, on the thread that applies changes.
     *
     * @return ends the registration
     */
    public Runnable onChange(Consumer<List<Group>> listener) {
        return listeners.add(listener);
    }

    static ChattoException unknown(GroupId group) {
        return ChattoException.notFound("There is no group of rooms " + group);
    }

    /** The group that a record describes. */
    static Group group(GroupId id, StoredGroup stored) {
        return new Group(
                id,
                stored.getName(),
                stored.getDescription(),
                stored.getRank(),
                stored.getLinksList().stream()
                        .map(link -> new Group.Link(link.getLabel(), link.getUrl()))
                        .toList());
    }

    private void apply(Change change, boolean live) {
        GroupId id = new GroupId(ServerBucket.id(change.key()));
        boolean changed =
                switch (change) {
                    case Change.Put put -> {
                        Group group = group(id, Records.parse(StoredGroup.parser(), put.value()));
                        yield !group.equals(groups.put(id, group));
                    }
                    case Change.Removed _ -> groups.remove(id) != null;
                };
        // Rooms that come or go write their group's record anew, as it is.
        if (live && changed) {
            listeners.tell(all());
        }
    }
}
