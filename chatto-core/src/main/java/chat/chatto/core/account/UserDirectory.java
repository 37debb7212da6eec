package chat.chatto.core.account;

import chat.chatto.core.Listeners;
import chat.chatto.core.server.Projection;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredUser;
import chat.chatto.storage.KeyValueStore.Change;

import jakarta.inject.Inject;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * All accounts in memory, without anything secret: about 200 bytes each. Logins are not indexed: who signs in has to be asked of storage
 * anyway. Safe for use by many threads.
 */
public final class UserDirectory implements Projection {

    /** The kind of entity. */
    private static final String KIND = "user";

    private final Map<UserId, Row> rows = new ConcurrentHashMap<>();
    private final Listeners<Ownership> listeners = new Listeners<>();

    @Inject
    public UserDirectory(ServerBucket server) {
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
            long createdAtMillis) {

        User user() {
            return new User(
                    id,
                    new Login(login),
                    displayName,
                    owner,
                    Instant.ofEpochMilli(createdAtMillis));
        }
    }

    static String key(UserId user) {
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
            case Change.Put put -> rows.put(id, row(id, put.value()));
            case Change.Removed _ -> rows.remove(id);
        }
        if (owner(id) != wasOwner) {
            listeners.tell(new Ownership(id, !wasOwner, change.revision()));
        }
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
                stored.getCreatedAtMillis());
    }
}
