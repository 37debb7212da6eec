package chat.chatto.core.presence;

import chat.chatto.core.account.UserId;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Who is connected to this server, in a fixed number of parts, so that a change concerns a small part of them only. Times are those of
 * {@link System#nanoTime}. Safe for use by many threads.
 */
final class Visitors {

    /** With 20,000 people, 300 in each, which makes a record of 5 KB. */
    static final int PARTS = 64;

    private final Part[] parts =
            IntStream.range(0, PARTS).mapToObj(_ -> new Part()).toArray(Part[]::new);

    void arrive(UserId user, Activity activity) {
        part(user).arrive(user, activity);
    }

    void change(UserId user, Activity from, Activity to) {
        part(user).change(user, from, to);
    }

    /** @param lingerUntil as of when the person is gone, unless there are other connections or new ones */
    void leave(UserId user, Activity last, long lingerUntil) {
        part(user).leave(user, last, lingerUntil);
    }

    /** Who is in a part, if that changed since this was last asked. */
    Optional<Map<UserId, Activity>> changed(int part, long now) {
        return parts[part].changed(now);
    }

    private Part part(UserId user) {
        return parts[Math.floorMod(user.hashCode(), PARTS)];
    }

    /** @param active how many connections are in use, of all that are open */
    private record Connections(int active, int idle) {

        static final Connections NONE = new Connections(0, 0);

        Connections plus(Activity activity, int change) {
            return switch (activity) {
                case ACTIVE -> new Connections(active + change, idle);
                case IDLE -> new Connections(active, idle + change);
            };
        }

        Activity activity() {
            return active > 0 ? Activity.ACTIVE : Activity.IDLE;
        }
    }

    private record Lingering(Activity last, long until) {}

    private static final class Part {

        private final Map<UserId, Connections> connected = new HashMap<>();
        private final Map<UserId, Lingering> lingering = new HashMap<>();
        private boolean changed;

        synchronized void arrive(UserId user, Activity activity) {
            lingering.remove(user);
            count(user, activity, 1);
            changed = true;
        }

        synchronized void change(UserId user, Activity from, Activity to) {
            count(user, from, -1);
            count(user, to, 1);
            changed = true;
        }

        synchronized void leave(UserId user, Activity last, long until) {
            count(user, last, -1);
            if (connected.getOrDefault(user, Connections.NONE).equals(Connections.NONE)) {
                connected.remove(user);
                lingering.put(user, new Lingering(last, until));
            }
            changed = true;
        }

        synchronized Optional<Map<UserId, Activity>> changed(long now) {
            if (lingering.values().removeIf(left -> left.until() - now <= 0)) {
                changed = true;
            }
            if (!changed) {
                return Optional.empty();
            }
            changed = false;
            Map<UserId, Activity> people = new HashMap<>();
            connected.forEach((user, connections) -> people.put(user, connections.activity()));
            lingering.forEach((user, left) -> people.put(user, left.last()));
            return Optional.of(people);
        }

        private void count(UserId user, Activity activity, int change) {
            connected.merge(
                    user,
                    Connections.NONE.plus(activity, change),
                    (present, _) -> present.plus(activity, change));
        }
    }
}
