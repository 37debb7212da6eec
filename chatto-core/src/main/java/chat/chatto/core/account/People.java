package chat.chatto.core.account;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Slice;

import jakarta.inject.Inject;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds people by what their names begin with. Safe for use by many threads. */
public final class People {

    /** The most people at once. */
    public static final int LIMIT = 100;

    /** How many people at once where nobody asks for a number. */
    public static final int DEFAULT_LIMIT = 20;

    private final UserDirectory users;

    @Inject
    public People(UserDirectory users) {
        this.users = users;
    }

    /**
     * People by login.
     *
     * @param beginning what the login, or a word of the display name, begins with; empty finds all
     * @param limit 1 to {@value #LIMIT}
     * @param cursor from the former part of the list; empty for the first one
     * @throws ChattoException INVALID
     */
    public Slice<User> find(String beginning, int limit, Optional<String> cursor) {
        if (limit < 1 || limit > LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + LIMIT);
        }
        return part(users.all(), beginning.strip(), limit, cursor);
    }

    /** An account, also a deleted one, from memory. */
    public Optional<User> find(UserId user) {
        return users.find(user);
    }

    /** As {@link #find(String, int, Optional)}, among some people and without a bound of its own. */
    public Slice<User> part(
            Stream<UserId> among, String beginning, int limit, Optional<String> cursor) {
        String after = cursor.map(People::decode).orElse("");
        List<User> found = users.byLogin(among, after, beginning, limit + 1);
        if (found.size() <= limit) {
            return new Slice<>(found, Optional.empty());
        }
        List<User> part = found.subList(0, limit);
        return new Slice<>(part, Optional.of(encode(part.getLast().login().value())));
    }

    private static String encode(String login) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(login.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw ChattoException.invalid("cursor", "is not one that this list gave");
        }
    }
}
