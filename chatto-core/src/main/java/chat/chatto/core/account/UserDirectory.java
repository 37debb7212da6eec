package chat.chatto.core.account;

import chat.chatto.core.Listeners;
import chat.chatto.core.server.Projection;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredStatus;
import chat.chatto.core.stored.v1.StoredUser;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All accounts in memory, without anything secret: about 200 bytes each. Logins are not indexed: who signs in has to be asked of storage
 * anyway. Safe for use by many threads.
 */
public final class UserDirectory implements Projection {

    /** The kind of entity. */
    private static final String KIND = "user";

    private final ServerBucket server;
    private final Map<UserId, Row> rows = new ConcurrentHashMap<>();
    private final Listeners<Ownership> listeners = new Listeners<>();
    private final AtomicInteger active = new AtomicInteger();
    private final Listeners<User> changes = new Listeners<>();

    @Inject
    public UserDirectory(ServerBucket server) {
        this.server = server;
        server.register(KIND, this);
    }

    /**
     * Somebody became an owner, or is none any more.
     *
     * @param revision of SERVER
     */
    public record Ownership(UserId user, boolean owner, long revision) {}

    /** One account in as little memory as possible; the display name is the login's object where it is the same. */
    private record Row(
            UserId id,
            String login,
            String displayName,
            boolean owner,
            boolean deleted,
            long createdAtMillis,
            Optional<Status> status,
            String avatar) {

        /** The order of lists; logins are ASCII. */
        static final Comparator<Row> BY_LOGIN =
                Comparator.comparing(Row::login, String.CASE_INSENSITIVE_ORDER);

        /** Whether the login, or a word of the display name, begins so. */
        boolean begins(String text) {
            return begins(login, 0, text) || wordBegins(text);
        }

        private boolean wordBegins(String text) {
            boolean gap = true;
            for (int at = 0; at < displayName.length(); at++) {
                if (gap && begins(displayName, at, text)) {
                    return true;
                }
                gap = !Character.isLetterOrDigit(displayName.charAt(at));
            }
            return false;
        }

        private static boolean begins(String name, int at, String text) {
            return name.regionMatches(true, at, text, 0, text.length());
        }

        User user() {
            return new User(
                    id,
                    new Login(login),
                    displayName,
                    owner,
                    Instant.ofEpochMilli(createdAtMillis),
                    status,
                    avatar.isEmpty() ? Optional.empty() : Optional.of(avatar));
        }
    }

    /** The key of an account's record. */
    public static String key(UserId user) {
        return ServerBucket.entity(KIND, user.value());
    }

    /** The account; that of a deleted one shows neither its login nor its name. */
    public Optional<User> find(UserId user) {
        return Optional.ofNullable(rows.get(user)).map(Row::user);
    }

    /** Whether the account exists and was not deleted. */
    public boolean active(UserId user) {
        Row row = rows.get(user);
        return row != null && !row.deleted();
    }

    /**
     * As {@link #active}, but a no is certain.
     *
     * @throws chat.chatto.core.ChattoException UNAVAILABLE when it would be no and storage is away
     */
    public boolean certainlyActive(UserId user) {
        return active(user) || (server.catchUp(key(user)) && active(user));
    }

    /** How many accounts there are that were not deleted. */
    public int activeCount() {
        return active.get();
    }

    /** All accounts, in no order, deleted ones included. */
    public Stream<UserId> all() {
        return rows.keySet().stream();
    }

    /**
     * Of some accounts those that come first by login and were not deleted.
     *
     * @param afterLogin only those that follow it; empty for all
     * @param beginning what the login, or a word of the display name, begins with, whatever the case; empty for all
     */
    public List<User> byLogin(
            Stream<UserId> among, String afterLogin, String beginning, int limit) {
        // The smallest few of many, without sorting all: the largest of those found so far is on
        // top.
        PriorityQueue<Row> smallest = new PriorityQueue<>(Row.BY_LOGIN.reversed());
        among.map(rows::get)
                .filter(row -> row != null && !row.deleted())
                .filter(row -> String.CASE_INSENSITIVE_ORDER.compare(row.login(), afterLogin) > 0)
                .filter(row -> row.begins(beginning))
                .forEach(
                        row -> {
                            smallest.add(row);
                            if (smallest.size() > limit) {
                                smallest.remove();
                            }
                        });
        return smallest.stream().sorted(Row.BY_LOGIN).map(Row::user).toList();
    }

    /** Whether everything is permitted to this person. */
    public boolean owner(UserId user) {
        Row row = rows.get(user);
        return row != null && row.owner();
    }

    /** The same id, as the object that is in memory already where there is one. */
    public UserId intern(UserId user) {
        Row row = rows.get(user);
        return row == null ? user : row.id();
    }

    /** How many accounts there are, deleted ones included. */
    public int size() {
        return rows.size();
    }

    /** All owners. */
    public List<UserId> owners() {
        return rows.values().stream().filter(Row::owner).map(Row::id).toList();
    }

    /**
     * Registers for changes of who is an owner, before the start: those of the start are told too. It happens in order of revision, on the
     * thread that applies changes.
     */
    public void onOwnership(Consumer<Ownership> listener) {
        listeners.add(listener);
    }

    @Override
    public void apply(Change change, boolean live) {
        UserId id = new UserId(ServerBucket.id(change.key()));
        boolean wasOwner = owner(id);
        switch (change) {
            case Change.Put put -> {
                Row row = row(id, put.value());
                Row former = rows.put(id, row);
                count(former, row);
                if (live && former != null && !row.equals(former)) {
                    changes.tell(row.user());
                }
            }
            case Change.Removed _ -> count(rows.remove(id), null);
        }
        if (owner(id) != wasOwner) {
            listeners.tell(new Ownership(id, !wasOwner, change.revision()));
        }
    }

    private void count(@Nullable Row former, @Nullable Row now) {
        active.addAndGet(countOf(now) - countOf(former));
    }

    private static int countOf(@Nullable Row row) {
        return row == null || row.deleted() ? 0 : 1;
    }

    /**
     * Registers for changes of accounts that were there before, on all servers, on one thread that must not be kept for long.
     *
     * @return ends the registration
     */
    public Runnable onChange(Consumer<User> listener) {
        return changes.add(listener);
    }

    /**
     * Makes the person of a record an owner, or no owner any more.
     *
     * @return empty when it is so already, or the account was deleted
     */
    public static Optional<Write> owning(Entry entry, boolean owner) {
        StoredUser stored = Records.parse(StoredUser.parser(), entry.value());
        if (stored.getDeleted() || stored.getOwner() == owner) {
            return Optional.empty();
        }
        StoredUser changed = stored.toBuilder().setOwner(owner).build();
        return Optional.of(new Write.Update(entry.key(), changed.toByteArray(), entry.revision()));
    }

    static User user(UserId id, StoredUser stored) {
        return row(id, stored).user();
    }

    private Row row(UserId id, byte[] value) {
        return row(intern(id), Records.parse(StoredUser.parser(), value));
    }

    private static Row row(UserId id, StoredUser stored) {
        String login = stored.getDeleted() ? Login.DELETED_PREFIX + id : stored.getLogin();
        String displayName =
                stored.getDeleted()
                        ? "Deleted account"
                        : stored.getDisplayName().isEmpty() ? login : stored.getDisplayName();
        return new Row(
                id,
                login,
                displayName,
                stored.getOwner() && !stored.getDeleted(),
                stored.getDeleted(),
                stored.getCreatedAtMillis(),
                status(stored),
                stored.getAvatar());
    }

    private static Optional<Status> status(StoredUser user) {
        if (!user.hasStatus()) {
            return Optional.empty();
        }
        StoredStatus stored = user.getStatus();
        return Optional.of(
                new Status(
                        stored.getEmoji(),
                        stored.getText(),
                        stored.getExpiresAtMillis() == 0
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochMilli(stored.getExpiresAtMillis()))));
    }
}
