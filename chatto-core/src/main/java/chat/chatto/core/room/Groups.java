package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Ids;
import chat.chatto.core.Names;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredGroup;
import chat.chatto.core.stored.v1.StoredGroupLink;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import jakarta.inject.Inject;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes, orders and changes the groups that rooms are listed in. Safe for use by many threads. */
public final class Groups {

    /** The most bytes of a group's name. */
    public static final int NAME_BYTES = 80;

    /** The most bytes of a group's description. */
    public static final int DESCRIPTION_BYTES = 500;

    /** The most groups. */
    public static final int GROUPS = 100;

    /** The most links of a group. */
    public static final int LINKS = 20;

    /** The most bytes of a link's label. */
    public static final int LABEL_BYTES = 80;

    /** The most bytes of a link's address. */
    public static final int URL_BYTES = 2_048;

    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final GroupDirectory directory;
    private final RoomDirectory rooms;
    private final RoomAccess access;
    private final Ids ids;

    @Inject
    public Groups(
            ServerBucket server,
            GroupDirectory directory,
            RoomDirectory rooms,
            RoomAccess access,
            Ids ids) {
        this.server = server;
        this.directory = directory;
        this.rooms = rooms;
        this.access = access;
        this.ids = ids;
    }

    /** All groups in their order. */
    public List<Group> all() {
        return directory.all();
    }

    /**
     * Makes a group, the last in order.
     *
     * @throws ChattoException FORBIDDEN unless the actor may arrange groups, INVALID, CONFLICT when there are too many, UNAVAILABLE
     */
    public Group create(UserId actor, String name, String description, List<Group.Link> links) {
        access.checkArrange(actor);
        List<Group> present = directory.all();
        if (present.size() >= GROUPS) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT,
                    "There are " + GROUPS + " groups, which is the most: delete an empty one");
        }
        GroupId id = new GroupId(ids.group());
        StoredGroup group =
                StoredGroup.newBuilder()
                        .setFormat(FORMAT)
                        .setName(cleanName(name))
                        .setDescription(cleanDescription(description))
                        .setRank(present.getLast().rank() + 1)
                        .addAllLinks(cleanLinks(links))
                        .build();
        server.transact(List.of(new Write.Create(GroupDirectory.key(id), group.toByteArray())));
        return directory.require(id);
    }

    /**
     * Changes what is shown of a group, or its place.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN unless the actor may arrange groups, INVALID, CONFLICT, UNAVAILABLE
     */
    public Group change(UserId actor, GroupId id, GroupChange change) {
        access.checkArrange(actor);
        directory.require(id);
        Optional<String> name = change.name().map(Groups::cleanName);
        Optional<String> description = change.description().map(Groups::cleanDescription);
        Optional<List<StoredGroupLink>> links = change.links().map(Groups::cleanLinks);
        retrying(
                () -> {
                    Optional<Entry> entry = server.read(GroupDirectory.key(id));
                    StoredGroup former = stored(id, entry);
                    StoredGroup.Builder changed = former.toBuilder();
                    name.ifPresent(changed::setName);
                    description.ifPresent(changed::setDescription);
                    links.ifPresent(given -> changed.clearLinks().addAllLinks(given));
                    List<Write> writes = new ArrayList<>();
                    change.position().ifPresent(to -> move(id, to, changed, writes));
                    if (!changed.build().equals(former)) {
                        writes.add(writing(id, entry, changed.build()));
                    }
                    return writes;
                });
        return directory.require(id);
    }

    /**
     * Removes a group that no room is in.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN unless the actor may arrange groups, CONFLICT for the lobby and for a group that rooms are
     *     in, UNAVAILABLE
     */
    public void delete(UserId actor, GroupId id) {
        access.checkArrange(actor);
        if (id.equals(GroupId.LOBBY)) {
            throw ChattoException.of(
                    ErrorCode.CONFLICT,
                    "The lobby cannot be deleted: rooms without another group are in it");
        }
        retrying(
                () -> {
                    Entry entry =
                            server.read(GroupDirectory.key(id))
                                    .orElseThrow(() -> GroupDirectory.unknown(id));
                    // Whatever came into the group wrote its record, and is in memory from then on.
                    server.awaitApplied(entry.revision());
                    if (rooms.rows().stream()
                            .anyMatch(row -> !row.direct() && row.group().equals(id))) {
                        throw ChattoException.of(
                                ErrorCode.CONFLICT,
                                "There are rooms in this group: move them to another one first");
                    }
                    return List.of(new Write.Remove(entry.key(), entry.revision()));
                });
    }

    /**
     * Registers for all groups whenever one of them changed, on one thread that must not be kept for long.
     *
     * @return ends the registration
     */
    public Runnable onChange(Consumer<List<Group>> listener) {
        return directory.onChange(listener);
    }

    /** Gives each group its place as its rank; what is written of the moved one itself goes into its builder. */
    private void move(GroupId id, int position, StoredGroup.Builder changed, List<Write> writes) {
        List<GroupId> order = new ArrayList<>(directory.all().stream().map(Group::id).toList());
        order.remove(id);
        order.add(Math.min(Math.max(position, 0), order.size()), id);
        for (int rank = 0; rank < order.size(); rank++) {
            GroupId group = order.get(rank);
            if (group.equals(id)) {
                changed.setRank(rank);
                continue;
            }
            Optional<Entry> entry = server.read(GroupDirectory.key(group));
            StoredGroup former = stored(group, entry);
            if (former.getRank() != rank) {
                writes.add(writing(group, entry, former.toBuilder().setRank(rank).build()));
            }
        }
    }

    /** A group's record; that of the lobby may still have to be made. */
    private static StoredGroup stored(GroupId id, Optional<Entry> entry) {
        if (entry.isEmpty() && id.equals(GroupId.LOBBY)) {
            return StoredGroup.newBuilder().setFormat(FORMAT).setName("Lobby").build();
        }
        return Records.parse(
                StoredGroup.parser(), entry.orElseThrow(() -> GroupDirectory.unknown(id)).value());
    }

    private static Write writing(GroupId id, Optional<Entry> former, StoredGroup group) {
        String key = GroupDirectory.key(id);
        byte[] value = group.toByteArray();
        return former.<Write>map(entry -> new Write.Update(key, value, entry.revision()))
                .orElseGet(() -> new Write.Create(key, value));
    }

    private void retrying(Supplier<List<Write>> plan) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Write> writes = plan.get();
            if (writes.isEmpty()) {
                return;
            }
            try {
                server.transact(writes);
                return;
            } catch (ConflictException _) {
                // Groups, or the rooms in them, change elsewhere: look again.
            }
        }
        throw ChattoException.of(ErrorCode.CONFLICT, "The groups are being changed by others");
    }

    private static String cleanName(String name) {
        String cleaned = Names.clean("name", name, 1, NAME_BYTES);
        Names.checkBytes("name", cleaned, NAME_BYTES);
        return cleaned;
    }

    private static String cleanDescription(String description) {
        Names.checkBytes("description", description, DESCRIPTION_BYTES);
        Names.checkText("description", description);
        return description;
    }

    private static List<StoredGroupLink> cleanLinks(List<Group.Link> links) {
        if (links.size() > LINKS) {
            throw ChattoException.invalid("links", "must be at most " + LINKS);
        }
        return links.stream().map(Groups::cleanLink).toList();
    }

    private static StoredGroupLink cleanLink(Group.Link link) {
        String label = Names.clean("links.label", link.label(), 1, LABEL_BYTES);
        Names.checkBytes("links.label", label, LABEL_BYTES);
        Names.checkBytes("links.url", link.url(), URL_BYTES);
        try {
            URI url = URI.create(link.url());
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (web && url.getHost() != null) {
                return StoredGroupLink.newBuilder().setLabel(label).setUrl(link.url()).build();
            }
        } catch (IllegalArgumentException _) {
            // Said below, as for every other text that is no such address.
        }
        throw ChattoException.invalid("links.url", "must be an address that begins with https://");
    }
}
