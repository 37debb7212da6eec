package chat.chatto.core.presence;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Projection;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredPresenceChoice;
import chat.chatto.core.stored.v1.StoredPresenceState;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Write;

import jakarta.inject.Inject;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What people chose to be shown as; those who chose nothing cost nothing. Safe for use by many threads. */
public final class PresenceChoices implements Projection {

    /** The kind of entity. */
    private static final String KIND = "presence";

    private final ServerBucket server;
    private final UserDirectory users;
    private final InstantSource clock;
    private final Map<UserId, PresenceChoice> chosen = new ConcurrentHashMap<>();

    private volatile Consumer<PresenceSelection> listener = _ -> {};

    @Inject
    public PresenceChoices(ServerBucket server, UserDirectory users, InstantSource clock) {
        this.server = server;
        this.users = users;
        this.clock = clock;
        server.register(KIND, this);
    }

    /** Whom to tell of choices from now on. */
    void tell(Consumer<PresenceSelection> told) {
        listener = told;
    }

    PresenceChoice of(UserId user) {
        return chosen.getOrDefault(user, PresenceChoice.AUTOMATIC);
    }

    /**
     * Stores a choice; of several at once the last one counts.
     *
     * @throws ChattoException UNAVAILABLE
     */
    void choose(UserId user, PresenceChoice choice) {
        StoredPresenceChoice stored =
                StoredPresenceChoice.newBuilder()
                        .setFormat(FORMAT)
                        .setState(stored(choice))
                        .setChosenAtMillis(clock.millis())
                        .build();
        server.transact(
                List.of(
                        new Write.Put(
                                ServerBucket.entity(KIND, user.value()), stored.toByteArray())));
    }

    @Override
    public void apply(Change change, boolean live) {
        UserId user = users.intern(new UserId(ServerBucket.id(change.key())));
        PresenceChoice choice =
                switch (change) {
                    case Change.Put put ->
                            choice(Records.parse(StoredPresenceChoice.parser(), put.value()));
                    case Change.Removed _ -> PresenceChoice.AUTOMATIC;
                };
        if (choice == PresenceChoice.AUTOMATIC) {
            chosen.remove(user);
        } else {
            chosen.put(user, choice);
        }
        if (live) {
            listener.accept(new PresenceSelection(user, choice));
        }
    }

    private static StoredPresenceState stored(PresenceChoice choice) {
        return switch (choice) {
            case AUTOMATIC -> StoredPresenceState.STORED_PRESENCE_STATE_UNSPECIFIED;
            case AWAY -> StoredPresenceState.STORED_PRESENCE_STATE_AWAY;
            case DO_NOT_DISTURB -> StoredPresenceState.STORED_PRESENCE_STATE_DO_NOT_DISTURB;
            case OFFLINE -> StoredPresenceState.STORED_PRESENCE_STATE_OFFLINE;
        };
    }

    private static PresenceChoice choice(StoredPresenceChoice stored) {
        return switch (stored.getState()) {
            case STORED_PRESENCE_STATE_AWAY -> PresenceChoice.AWAY;
            case STORED_PRESENCE_STATE_DO_NOT_DISTURB -> PresenceChoice.DO_NOT_DISTURB;
            case STORED_PRESENCE_STATE_OFFLINE -> PresenceChoice.OFFLINE;
            // One that a newer version knows is none that this version can show.
            case STORED_PRESENCE_STATE_UNSPECIFIED, UNRECOGNIZED -> PresenceChoice.AUTOMATIC;
        };
    }
}
