package chat.chatto.core.notification;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Activity;
import chat.chatto.core.timeline.TimelineId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who is notified of something, why and how. It depends on nothing but what it is given. Whoever does something is not notified
 * of it, nor is anybody who may not read it; every cause that applies occurs once.
 */
final class Audience {

    private final Surroundings surroundings;
    private final Map<UserId, Set<Cause>> causes = new LinkedHashMap<>();

    private Audience(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Of a new message.
     *
     * @param answered who wrote the message it answers
     * @param followers of the thread it belongs to; nobody for the main line
     */
    static Map<UserId, List<Occurrence>> of(
            Activity.Posted posted,
            Optional<UserId> answered,
            Collection<UserId> followers,
            Surroundings surroundings) {
        TimelineId timeline = posted.address().timeline();
        RoomId room = timeline.room();
        var audience = new Audience(surroundings);
        if (surroundings.direct(room)) {
            audience.add(surroundings.members(room), Cause.DIRECT_MESSAGE);
        }
        audience.add(posted.mentions().users(), Cause.MENTION);
        audience.add(answered.stream().toList(), Cause.REPLY);
        for (String role : posted.mentions().roles()) {
            audience.add(surroundings.holders(room, role), Cause.ROLE_MENTION);
        }
        if (posted.mentions().here()) {
            List<UserId> present =
                    surroundings.members(room).stream()
                            .filter(user -> !surroundings.offline(user))
                            .toList();
            audience.add(present, Cause.HERE);
        }
        if (posted.mentions().all()) {
            audience.add(surroundings.members(room), Cause.ALL);
        }
        audience.add(followers, Cause.THREAD);
        audience.add(surroundings.watchers(room), Cause.ROOM);
        return audience.wishing(posted);
    }

    /**
     * Of a reaction.
     *
     * @param author who wrote the message
     */
    static Map<UserId, List<Occurrence>> of(
            Activity.Reacted reacted, UserId author, Surroundings surroundings) {
        var audience = new Audience(surroundings);
        audience.add(List.of(author), Cause.REACTION);
        return audience.wishing(reacted);
    }

    private void add(Collection<UserId> users, Cause cause) {
        for (UserId user : users) {
            causes.computeIfAbsent(user, _ -> EnumSet.noneOf(Cause.class)).add(cause);
        }
    }

    private Map<UserId, List<Occurrence>> wishing(Activity activity) {
        causes.remove(activity.actor());
        causes.remove(UserId.SYSTEM);
        TimelineId timeline = activity.address().timeline();
        Map<UserId, List<Occurrence>> notified = new LinkedHashMap<>();
        for (Map.Entry<UserId, Set<Cause>> candidate : causes.entrySet()) {
            UserId user = candidate.getKey();
            List<Occurrence> wished = wished(user, candidate.getValue(), timeline, activity.at());
            if (!wished.isEmpty() && surroundings.member(timeline.room(), user)) {
                notified.put(user, wished);
            }
        }
        return notified;
    }

    private List<Occurrence> wished(
            UserId user, Set<Cause> candidates, TimelineId timeline, Instant at) {
        NotificationSettings settings = surroundings.settings(user);
        List<Occurrence> wished = new ArrayList<>(candidates.size());
        for (Cause cause : candidates) {
            Mode mode = settings.mode(cause, timeline);
            if (mode == Mode.ALERT && surroundings.undisturbed(user, at)) {
                mode = Mode.SILENT;
            }
            if (mode != Mode.OFF) {
                wished.add(new Occurrence(cause, mode));
            }
        }
        return wished;
    }
}
