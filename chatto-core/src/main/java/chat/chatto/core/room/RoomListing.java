package chat.chatto.core.room;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Names;
import chat.chatto.core.Slice;
import chat.chatto.core.account.People;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists rooms and members in parts. A cursor is the sort key of a part's last item: what is added or removed meanwhile does no harm. */
final class RoomListing {

    /** The most members at once. */
    static final int MEMBER_LIMIT = 500;

    /** The three stretches of a list: a cursor begins with the letter of the one that it is in. */
    private static final String CHANNELS_OF_OWN = "j";

    private static final String CONVERSATIONS = "k";
    private static final String OTHERS = "o";

    private static final HexFormat RANK = HexFormat.of();

    private final RoomDirectory directory;
    private final RoomAccess access;
    private final People people;
    private final RoomHeads heads;

    RoomListing(RoomDirectory directory, RoomAccess access, People people, RoomHeads heads) {
        this.directory = directory;
        this.access = access;
        this.people = people;
        this.heads = heads;
    }

    Slice<Room> rooms(UserId viewer, RoomQuery query) {
        String after = query.cursor().map(RoomListing::decode).orElse(CHANNELS_OF_OWN);
        Set<RoomId> joined =
                directory.joined(viewer).stream()
                        .filter(room -> access.mayRead(viewer, room))
                        .collect(Collectors.toSet());
        Predicate<RoomRow> wanted = wanted(viewer, query);
        Stream<RoomRow> own =
                query.joined().orElse(true)
                        ? joined.stream()
                                .flatMap(id -> directory.row(id).stream())
                                .filter(row -> sortKey(row, true).compareTo(after) > 0)
                                .sorted(Comparator.comparing(row -> sortKey(row, true)))
                        : Stream.empty();
        Stream<RoomRow> others =
                query.joined().orElse(false)
                        ? Stream.empty()
                        : directory
                                .after(after.startsWith(OTHERS) ? after.substring(1) : "")
                                .stream()
                                .filter(row -> !joined.contains(row.id()))
                                .filter(wanted)
                                .filter(row -> access.may(viewer, RoomAction.LIST, row.id()));
        List<RoomRow> found =
                Stream.concat(own, others).filter(wanted).limit(query.limit() + 1L).toList();
        List<RoomRow> part = found.subList(0, Math.min(query.limit(), found.size()));
        Optional<String> next =
                found.size() > part.size()
                        ? Optional.of(
                                encode(
                                        sortKey(
                                                part.getLast(),
                                                joined.contains(part.getLast().id()))))
                        : Optional.empty();
        return new Slice<>(part.stream().map(directory::room).toList(), next);
    }

    Slice<User> members(Room room, String beginning, int limit, Optional<String> cursor) {
        if (limit < 1 || limit > MEMBER_LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + MEMBER_LIMIT);
        }
        return people.part(directory.members(room), beginning.strip(), limit, cursor);
    }

    private Predicate<RoomRow> wanted(UserId viewer, RoomQuery query) {
        String text = query.text().map(Names::comparable).orElse("");
        return row ->
                query.kind().map(row.kind()::equals).orElse(true)
                        && query.group().map(group -> in(row, group)).orElse(true)
                        && query.archived().map(archived -> archived == row.archived()).orElse(true)
                        && (row.direct()
                                ? begun(row, viewer) && names(row, text)
                                : row.comparableName().contains(text));
    }

    private static boolean in(RoomRow row, GroupId group) {
        return !row.direct() && row.group().equals(group);
    }

    /** A conversation that somebody else opened, but has not written into, is nobody's concern yet. */
    private boolean begun(RoomRow row, UserId viewer) {
        return row.createdBy().equals(viewer) || heads.head(row.id()) >= 0;
    }

    private boolean names(RoomRow conversation, String text) {
        return text.isEmpty()
                || conversation.members().table().keysIn().stream()
                        .flatMap(user -> people.find(user).stream())
                        .anyMatch(
                                user ->
                                        user.login().folded().contains(text)
                                                || Names.comparable(user.displayName())
                                                        .contains(text));
    }

    private static String sortKey(RoomRow row, boolean joined) {
        if (!joined) {
            return OTHERS + row.comparableName();
        }
        return row.direct()
                ? CONVERSATIONS + row.id()
                : CHANNELS_OF_OWN + RANK.toHexDigits(Arrangement.rank(row)) + row.comparableName();
    }

    private static String encode(String sortKey) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sortKey.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            String sortKey =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (!sortKey.isEmpty()) {
                return sortKey;
            }
        } catch (IllegalArgumentException e) {
            throw ChattoException.invalid("cursor", "is not one that this list gave");
        }
        throw ChattoException.invalid("cursor", "is not one that this list gave");
    }
}
