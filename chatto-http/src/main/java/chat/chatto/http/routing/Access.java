package chat.chatto.http.routing;

import chat.chatto.core.access.Permission;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a route needs of its caller. The core decides; here it is declared, and a test holds the declarations against the answers.
 *
 * @param session whether anybody is served at all who is not signed in
 * @param anyOf what else is needed: all of one of these lists; empty when nothing is
 * @param withField what is needed instead when the body has one of these fields
 */
public record Access(boolean session, List<List<Need>> anyOf, SortedMap<String, Access> withField) {

    private static final SortedMap<String, Access> NOTHING_MORE = Collections.emptySortedMap();

    /** Anybody may call it. */
    public static final Access PUBLIC = new Access(false, List.of(), NOTHING_MORE);

    /** Whoever has a session may call it. */
    public static final Access SIGNED_IN = new Access(true, List.of(), NOTHING_MORE);

    /** Who belongs to the path's room may call it, unless shut out. */
    public static final Access MEMBER = needing(new Need.Belonging());

    public Access {
        anyOf = anyOf.stream().map(List::copyOf).toList();
        withField = Collections.unmodifiableSortedMap(new TreeMap<>(withField));
    }

    /** Something that a caller must be or have. */
    public sealed interface Need {

        /** Belongs to the path's room. */
        record Belonging() implements Need {

            @Override
            public String toString() {
                return "belonging to the room";
            }
        }

        /** Wrote, or made, what the path names. */
        record Authorship() implements Need {

            @Override
            public String toString() {
                return "being its author";
            }
        }

        /** Has a permission: in the path's room where there is one, else on the server. */
        record Holding(Permission permission) implements Need {

            @Override
            public String toString() {
                return permission.text();
            }
        }

        /** Shows something that only some know. */
        record Knowing(String secret) implements Need {

            @Override
            public String toString() {
                return secret;
            }
        }
    }

    /** Who fulfils all of these may call it. */
    public static Access needing(Need... needs) {
        return new Access(true, List.of(List.of(needs)), NOTHING_MORE);
    }

    /** Who has this permission may call it: in the path's room where there is one, else on the server. */
    public static Access needing(Permission permission) {
        return needing(new Need.Holding(permission));
    }

    /** Who belongs to the path's room and has these permissions there may call it. */
    public static Access member(Permission... permissions) {
        return needing(
                Stream.concat(
                                Stream.of(new Need.Belonging()),
                                Arrays.stream(permissions).map(Need.Holding::new))
                        .toArray(Need[]::new));
    }

    /** Something else is needed when the body has a field. */
    public Access withField(String field, Access needed) {
        SortedMap<String, Access> more = new TreeMap<>(withField);
        more.put(field, needed);
        return new Access(session, anyOf, more);
    }

    /** Also others may call it. */
    public Access or(Access other) {
        return new Access(
                session && other.session,
                Stream.concat(anyOf.stream(), other.anyOf.stream()).toList(),
                withField);
    }

    /** In words, without what single fields need. */
    @Override
    public String toString() {
        if (!session) {
            return "nothing";
        }
        if (anyOf.isEmpty()) {
            return "a session";
        }
        return anyOf.stream()
                .map(
                        needs ->
                                needs.stream()
                                        .map(Need::toString)
                                        .collect(Collectors.joining(" and ")))
                .collect(Collectors.joining("; or "));
    }
}
