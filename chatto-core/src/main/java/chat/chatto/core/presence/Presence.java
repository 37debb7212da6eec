package chat.chatto.core.presence;

import chat.chatto.core.ChattoException;
import chat.chatto.core.Ids;
import chat.chatto.core.Listeners;
import chat.chatto.core.Slice;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.Following;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.Storage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who is there, on whatever server. A person is there while any of their connections to any server is, and shows as what they do on the
 * most active of them, unless they chose otherwise.
 *
 * <p>Every server writes whom it holds connections of into PRESENCE and repeats it, follows what the others write, and answers from
 * memory. Should a server vanish, its records run out, and with them its people. Should storage lose everything, every server writes
 * its records again. While storage is away all stays as it was, apart from what happens on this very server. Safe for use by many threads.
 */
public final class Presence implements AutoCloseable {

    /** The most people that one part of the list of all can hold. */
    public static final int LIMIT = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final int SERVER_ID_CHARACTERS = 14;

    private final Storage storage;
    private final KeyValueStore store;
    private final UserDirectory users;
    private final PresenceChoices choices;
    private final PresenceLimits limits;
    private final Visitors visitors = new Visitors();
    private final AttendanceRecords records;
    private final Sightings sightings = new Sightings();
    private final Set<UserId> changed = ConcurrentHashMap.newKeySet();
    private final Listeners<List<PresenceStatus>> listeners = new Listeners<>();
    private final Listeners<PresenceSelection> choiceListeners = new Listeners<>();

    /** What listeners know of those who are not offline; used by the telling thread alone. */
    private final Map<UserId, PresenceStatus> told = new HashMap<>();

    /** Whether others could be heard in the last round; used by the telling thread alone. */
    private boolean hearing;

    private volatile @Nullable Following following;
    private volatile @Nullable Rhythm telling;
    private volatile @Nullable Rhythm writing;

    public Presence(
            Storage storage,
            UserDirectory users,
            PresenceChoices choices,
            Ids ids,
            PresenceLimits limits) {
        this.storage = storage;
        this.store = storage.bucket(Bucket.PRESENCE);
        this.users = users;
        this.choices = choices;
        this.limits = limits;
        this.records = new AttendanceRecords(store, ids.secret(SERVER_ID_CHARACTERS), limits);
    }

    /** Begins to write and to follow. What other servers know is there a moment later. */
    public void start() {
        choices.tell(this::chosen);
        storage.onStatusChange(
                status -> {
                    if (status.connected()) {
                        records.repeatAll(); // It may have lost what was in its memory.
                    }
                });
        following = store.watch("", this::heard);
        telling = Rhythm.start("presence", limits.round(), this::tell);
        writing = Rhythm.start("presence-writer", limits.round(), records::writeRound);
    }

    /** Somebody has connected to this server. @return to be ended with the connection */
    public Visit arrive(UserId user, Activity activity) {
        return new Visit(visitors, users.intern(user), activity, limits.lingering().toNanos());
    }

    /** How a person is shown. */
    public PresenceStatus status(UserId user) {
        Optional<Activity> activity = sightings.activity(user);
        if (activity.isEmpty()) {
            return PresenceStatus.offline(user);
        }
        return switch (choices.of(user)) {
            case AUTOMATIC -> new PresenceStatus(user, automatic(activity.get()), false);
            case AWAY -> new PresenceStatus(user, PresenceState.AWAY, true);
            case DO_NOT_DISTURB -> new PresenceStatus(user, PresenceState.DO_NOT_DISTURB, true);
            case OFFLINE -> PresenceStatus.offline(user);
        };
    }

    /** What a person chose. */
    public PresenceChoice choice(UserId user) {
        return choices.of(user);
    }

    /**
     * Chooses how to be shown, on all servers and devices, until another choice.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public void choose(UserId user, PresenceChoice choice) {
        choices.choose(user, choice);
    }

    /**
     * Everybody who does not show as offline, by id.
     *
     * @param limit 1 to {@value #LIMIT}
     * @param cursor from the former part of the list; empty for the first one
     */
    public Slice<PresenceStatus> present(int limit, Optional<String> cursor) {
        if (limit < 1 || limit > LIMIT) {
            throw ChattoException.invalid("limit", "must be 1 to " + LIMIT);
        }
        String after = cursor.orElse("");
        List<PresenceStatus> found =
                sightings.people().stream()
                        .filter(user -> user.value().compareTo(after) > 0)
                        .sorted(Comparator.comparing(UserId::value))
                        .map(this::status)
                        .filter(status -> status.state() != PresenceState.OFFLINE)
                        .limit(limit + 1L)
                        .toList();
        if (found.size() <= limit) {
            return new Slice<>(found, Optional.empty());
        }
        List<PresenceStatus> part = found.subList(0, limit);
        return new Slice<>(part, Optional.of(part.getLast().user().value()));
    }

    /**
     * Registers for changes of how people are shown, gathered over a moment: what was undone within it is not told. They come on one
     * thread that must not be kept for long.
     *
     * @return ends the registration
     */
    public Runnable onChange(Consumer<List<PresenceStatus>> listener) {
        return listeners.add(listener);
    }

    /** Registers for choices, on one thread that must not be kept for long. @return ends the registration */
    public Runnable onChoice(Consumer<PresenceSelection> listener) {
        return choiceListeners.add(listener);
    }

    /** How many records this server has written. */
    public long refreshes() {
        return records.written();
    }

    /** How many records this server could not write. */
    public long refreshFailures() {
        return records.failed();
    }

    /** Ends writing and following. What was written runs out: the people may connect to other servers before. */
    @Override
    public void close() {
        Rhythm teller = telling;
        if (teller != null) {
            teller.close();
        }
        Rhythm writer = writing;
        if (writer != null) {
            writer.close();
        }
        Following followed = following;
        if (followed != null) {
            followed.close();
        }
    }

    private static PresenceState automatic(Activity activity) {
        return switch (activity) {
            case ACTIVE -> PresenceState.ONLINE;
            case IDLE -> PresenceState.AWAY;
        };
    }

    private void chosen(PresenceSelection selection) {
        changed.add(selection.user());
        choiceListeners.tell(selection);
    }

    private void heard(Change change) {
        if (records.own(change.key())) {
            return; // Known better here.
        }
        try {
            switch (change) {
                case Change.Put put ->
                        changed.addAll(
                                sightings.hear(
                                        put.key(),
                                        AttendanceRecords.decode(put.value(), users::intern),
                                        System.nanoTime()));
                case Change.Removed removed -> changed.addAll(sightings.forget(removed.key()));
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            log.warn("Left out a record nobody understands: {}", change.key(), e);
        }
    }

    /** A round: takes in what happened here, forgets servers that are silent, and tells what changed. */
    private void tell() {
        long now = System.nanoTime();
        for (int part = 0; part < Visitors.PARTS; part++) {
            int number = part;
            visitors.changed(part, now)
                    .ifPresent(
                            people -> {
                                changed.addAll(sightings.know(records.key(number), people));
                                records.set(number, people);
                            });
        }
        forgetSilent(now);
        List<PresenceStatus> news = news();
        if (!news.isEmpty()) {
            listeners.tell(news);
        }
    }

    /**
     * Storage tells when a record has run out, but not if it lost the record with everything else in its memory. While it is away nobody
     * can be heard, and afterwards the others need a moment to write again.
     */
    private void forgetSilent(long now) {
        boolean connected = storage.status().connected();
        if (connected && hearing) {
            changed.addAll(sightings.forgetOlderThan(limits.timeToLive().toNanos(), now));
        } else if (connected) {
            sightings.renew(now);
        }
        hearing = connected;
    }

    private List<PresenceStatus> news() {
        List<PresenceStatus> news = new ArrayList<>();
        for (Iterator<UserId> each = changed.iterator(); each.hasNext(); ) {
            UserId user = each.next();
            each.remove(); // First, so that a change from now on is not missed.
            PresenceStatus present = status(user);
            PresenceStatus former = told.getOrDefault(user, PresenceStatus.offline(user));
            if (!present.equals(former)) {
                news.add(present);
                if (present.state() == PresenceState.OFFLINE) {
                    told.remove(user);
                } else {
                    told.put(user, present);
                }
            }
        }
        return news;
    }
}
