package chat.chatto.core.presence;

import chat.chatto.core.account.UserId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is connected to any server, put together from what the servers say: each in several records, of which the newest of a key counts.
 * Times are those of {@link System#nanoTime}. Safe for use by many threads.
 */
final class Sightings {

    private final Map<String, Source> sources = new HashMap<>();
    private final Map<UserId, Tally> tallies = new ConcurrentHashMap<>();

    /**
     * What one record says.
     *
     * @param lasting whether it never gets too old: this server knows itself who is connected to it
     */
    private record Source(Map<UserId, Activity> people, long heardAt, boolean lasting) {}

    /** How many records say what of a person. */
    private record Tally(int active, int idle) {

        static final Tally NONE = new Tally(0, 0);

        Tally plus(Activity activity, int change) {
            return switch (activity) {
                case ACTIVE -> new Tally(active + change, idle);
                case IDLE -> new Tally(active, idle + change);
            };
        }

        Activity activity() {
            return active > 0 ? Activity.ACTIVE : Activity.IDLE;
        }
    }

    /** What a person is doing on the device they use most; empty for who is not connected. */
    Optional<Activity> activity(UserId user) {
        return Optional.ofNullable(tallies.get(user)).map(Tally::activity);
    }

    /** Everybody who is connected. */
    Set<UserId> people() {
        return Set.copyOf(tallies.keySet());
    }

    /** Takes a record of another server. @return for whom something may have changed */
    synchronized Set<UserId> hear(String key, Map<UserId, Activity> people, long now) {
        return replace(key, new Source(people, now, false));
    }

    /** Takes a record of this server. @return for whom something may have changed */
    synchronized Set<UserId> know(String key, Map<UserId, Activity> people) {
        return replace(key, new Source(people, 0, true));
    }

    /** A record ran out or was taken back. @return for whom something may have changed */
    synchronized Set<UserId> forget(String key) {
        Source former = sources.remove(key);
        return former == null ? Set.of() : move(former.people(), Map.of());
    }

    /** Forgets records that were not repeated for too long. @return for whom something may have changed */
    synchronized Set<UserId> forgetOlderThan(long ageNanos, long now) {
        List<String> old = new ArrayList<>();
        sources.forEach(
                (key, source) -> {
                    if (!source.lasting() && now - source.heardAt() > ageNanos) {
                        old.add(key);
                    }
                });
        Set<UserId> changed = new HashSet<>();
        old.forEach(key -> changed.addAll(forget(key)));
        return changed;
    }

    /** Counts all records as heard just now: nobody could be heard until now. */
    synchronized void renew(long now) {
        sources.replaceAll((_, source) -> new Source(source.people(), now, source.lasting()));
    }

    private Set<UserId> replace(String key, Source source) {
        Source former = sources.put(key, source);
        return move(former == null ? Map.of() : former.people(), source.people());
    }

    private Set<UserId> move(Map<UserId, Activity> from, Map<UserId, Activity> to) {
        Set<UserId> changed = new HashSet<>();
        to.forEach(
                (user, activity) -> {
                    if (from.get(user) != activity) {
                        count(user, activity, 1);
                        changed.add(user);
                    }
                });
        from.forEach(
                (user, activity) -> {
                    if (to.get(user) != activity) {
                        count(user, activity, -1);
                        changed.add(user);
                    }
                });
        return changed;
    }

    private void count(UserId user, Activity activity, int change) {
        tallies.compute(
                user,
                (_, present) -> {
                    Tally counted = (present == null ? Tally.NONE : present).plus(activity, change);
                    return counted.equals(Tally.NONE) ? null : counted;
                });
    }
}
