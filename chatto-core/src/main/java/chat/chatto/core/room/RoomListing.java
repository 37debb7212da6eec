package chat.chatto.core.room;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Names;
import chat.chatto.core.Slice;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists rooms and members in parts. A cursor is the sort key of a part's last item: what is added or removed meanwhile does no harm. */
final class RoomListing {

    /** The most members at once. */
    static final int MEMBER_LIMIT = 500;

    private static final String JOINED = "j";
    private static final String OTHERS = "o";

    private final RoomDirectory directory;
    private final UserDirectory users;
    private final RoomAccess access;

    RoomListing(RoomDirectory directory, UserDirectory users, RoomAccess access) {
        this.directory = directory;
        this.users = users;
        this.access = access;
    }

    Slice<Room> rooms(UserId viewer, RoomQuery query) {
        String after = query.cursor().map(RoomListing::decode).orElse(JOINED);
        String name = after.substring(1);
        String text = query.text().map(Names::comparable).orElse("");
        Set<RoomId> joined =
                directory.joined(viewer).stream()
                        .filter(room -> access.mayRead(viewer, room))
                        .collect(Collectors.toSet());
        Stream<RoomRow> own =
                query.joined().orElse(true) && after.startsWith(JOINED)
                        ? joinedAfter(joined, name)
                        : Stream.empty();
        Stream<RoomRow> others =
                query.joined().orElse(false)
                        ? Stream.empty()
                        : directory.after(after.startsWith(OTHERS) ? name : "").stream()
                                .filter(row -> !joined.contains(row.id()))
                                .filter(row -> row.comparableName().contains(text))
                                .filter(row -> access.may(viewer, RoomAction.LIST, row.id()));
        List<RoomRow> found =
                Stream.concat(own, others)
                        .filter(row -> row.comparableName().contains(text))
                        .limit(query.limit() + 1L)
                        .toList();
        return slice(
                found,
                query.limit(),
                row -> (joined.contains(row.id()) ? JOINED : OTHERS) + row.comparableName(),
                RoomRow::room);
    }

    Slice<User> members(RoomId room, int limit, Optional<String> cursor) {
        if (limit < 1 || limit > MEMBER_LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + MEMBER_LIMIT);
        }
        String after = cursor.map(RoomListing::decode).orElse("");
        Comparator<User> byLogin = Comparator.comparing(user -> user.login().folded());
        // The smallest few of many, without sorting all: the largest of those found so far is on
        // top.
        PriorityQueue<User> smallest = new PriorityQueue<>(byLogin.reversed());
        directory.members(room).stream()
                .filter(users::active)
                .flatMap(id -> users.find(id).stream())
                .filter(user -> user.login().folded().compareTo(after) > 0)
                .forEach(
                        user -> {
                            smallest.add(user);
                            if (smallest.size() > limit + 1) {
                                smallest.remove();
                            }
                        });
        List<User> found = smallest.stream().sorted(byLogin).toList();
        return slice(found, limit, user -> user.login().folded(), Function.identity());
    }

    private Stream<RoomRow> joinedAfter(Set<RoomId> joined, String name) {
        return joined.stream()
                .flatMap(id -> directory.row(id).stream())
                .filter(row -> row.comparableName().compareTo(name) > 0)
                .sorted(Comparator.comparing(RoomRow::comparableName));
    }

    /** @param found up to one more than the limit, to know whether there are more */
    private static <R, T> Slice<T> slice(
            List<R> found, int limit, Function<R, String> sortKey, Function<R, T> item) {
        List<R> part = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next =
                found.size() > limit
                        ? Optional.of(encode(sortKey.apply(part.getLast())))
                        : Optional.empty();
        List<T> items = new ArrayList<>(part.size());
        part.forEach(row -> items.add(item.apply(row)));
        return new Slice<>(items, next);
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
