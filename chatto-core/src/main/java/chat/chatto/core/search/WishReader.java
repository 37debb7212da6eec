package chat.chatto.core.search;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Names;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.Room;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomId;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds out whom and what the names in a query mean, for one reader: they name nothing that the reader may not know of. */
final class WishReader {

    private static final String FIELD = "q";
    private static final String MYSELF = "me";

    private final RoomDirectory rooms;
    private final RoomAccess access;
    private final Accounts accounts;

    WishReader(RoomDirectory rooms, RoomAccess access, Accounts accounts) {
        this.rooms = rooms;
        this.access = access;
        this.accounts = accounts;
    }

    /**
     * @throws ChattoException INVALID for a name that means nothing to the reader, NOT_FOUND or FORBIDDEN for a room that the reader may
     *     not read, UNAVAILABLE
     */
    Wish read(UserId reader, SearchRequest request) {
        SearchQuery query = SearchQuery.parse(request.text());
        request.room().ifPresent(room -> access.checkRead(reader, room));
        Set<RoomId> readable = request.room().map(Set::of).orElseGet(() -> readable(reader));
        Set<RoomId> named = new HashSet<>();
        Set<UserId> authors = new HashSet<>();
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        List<Condition> words = new ArrayList<>();
        OptionalLong from = OptionalLong.empty();
        OptionalLong before = OptionalLong.empty();
        boolean pinned = false;
        boolean somewhere = false;
        for (Condition condition : query.conditions()) {
            switch (condition) {
                case Condition.From(var login) -> authors.add(user(reader, login, "from:"));
                case Condition.In(var name) -> {
                    named.add(room(reader, name));
                    somewhere = true;
                }
                case Condition.Before(var day) ->
                        before = smaller(before, begin(day, request.zone()));
                case Condition.After(var day) ->
                        from = larger(from, begin(day.plusDays(1), request.zone()));
                case Condition.Has(var feature) -> features.add(feature);
                case Condition.Pinned _ -> pinned = true;
                case Condition.Word _, Condition.Beginning _, Condition.Phrase _ ->
                        words.add(condition);
            }
        }
        if (somewhere) {
            named.retainAll(readable);
        }
        return new Wish(
                words,
                somewhere ? named : readable,
                authors,
                from,
                before,
                features,
                pinned,
                request.cursor().map(SearchPlace::parse));
    }

    private Set<RoomId> readable(UserId reader) {
        return rooms.joined(reader).stream()
                .filter(room -> access.mayRead(reader, room))
                .collect(Collectors.toSet());
    }

    private UserId user(UserId reader, String login, String operator) {
        return login.equalsIgnoreCase(MYSELF)
                ? reader
                : accounts.named(login)
                        .orElseThrow(
                                () ->
                                        invalid(
                                                "names nobody here behind "
                                                        + operator
                                                        + " "
                                                        + login));
    }

    private RoomId room(UserId reader, String name) {
        Optional<Room> found;
        if (name.startsWith("@")) {
            UserId other = user(reader, name.substring(1), "in:@");
            found =
                    find(
                            reader,
                            room ->
                                    room.direct()
                                            && room.participants().equals(Set.of(reader, other)));
        } else {
            String wanted = Names.comparable(name.startsWith("#") ? name.substring(1) : name);
            found =
                    find(
                            reader,
                            room -> !room.direct() && Names.comparable(room.name()).equals(wanted));
        }
        return found.map(Room::id)
                .orElseThrow(() -> invalid("names no room of yours behind in: " + name));
    }

    private Optional<Room> find(UserId reader, Predicate<Room> wanted) {
        return readable(reader).stream()
                .flatMap(id -> rooms.find(id).stream())
                .filter(wanted)
                .findFirst();
    }

    private static long begin(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static OptionalLong smaller(OptionalLong one, long other) {
        return OptionalLong.of(Math.min(one.orElse(other), other));
    }

    private static OptionalLong larger(OptionalLong one, long other) {
        return OptionalLong.of(Math.max(one.orElse(other), other));
    }

    private static ChattoException invalid(String message) {
        return ChattoException.invalid(FIELD, message);
    }
}
