package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the root of a thread shows of it. Who replies follows the thread, who wrote the root does from the first reply on, and who is
 * mentioned in a reply does unless they stopped following.
 *
 * @param replies how many replies were posted, deleted ones included: the next reply's ordinal
 * @param participants who replied, the earliest first, at most 50
 * @param followers who wants to hear of new replies; together with {@code unfollowed} at most {@value #FOLLOWERS}
 * @param unfollowed who stopped following: a mention does not make them follow again
 */
public record ThreadSummary(
        long replies,
        Instant lastReplyAt,
        List<UserId> participants,
        List<UserId> followers,
        List<UserId> unfollowed) {

    /** How many people a thread remembers as following or not. */
    public static final int FOLLOWERS = 5_000;

    /** How many participants are named. */
    private static final int PARTICIPANTS = 50;

    public ThreadSummary {
        participants = List.copyOf(participants);
        followers = List.copyOf(followers);
        unfollowed = List.copyOf(unfollowed);
    }

    public boolean followedBy(UserId user) {
        return followers.contains(user);
    }

    /** Whether somebody is known to follow the thread, or to have stopped. */
    boolean remembers(UserId user, boolean following) {
        return (following ? followers : unfollowed).contains(user);
    }

    /** Whether nobody more can be remembered as following or not. */
    boolean full() {
        return followers.size() + unfollowed.size() >= FOLLOWERS;
    }

    /** The thread after its first reply. */
    static ThreadSummary begun(UserId rootAuthor, Event.Post reply) {
        return new ThreadSummary(
                        0,
                        Instant.ofEpochMilli(reply.atMillis()),
                        List.of(),
                        rootAuthor.equals(UserId.SYSTEM) ? List.of() : List.of(rootAuthor),
                        List.of())
                .replied(reply);
    }

    /** The thread after one more reply. */
    ThreadSummary replied(Event.Post reply) {
        ThreadSummary followed = followed(reply.actor(), true);
        for (UserId mentioned : reply.mentions().users()) {
            if (!unfollowed.contains(mentioned)) {
                followed = followed.followed(mentioned, true);
            }
        }
        boolean known = participants.size() >= PARTICIPANTS || participants.contains(reply.actor());
        return new ThreadSummary(
                reply.address().ordinal() + 1,
                Instant.ofEpochMilli(reply.atMillis()),
                known ? participants : with(participants, reply.actor()),
                followed.followers,
                followed.unfollowed);
    }

    /** The thread after somebody began or ceased to follow it; itself when that changes nothing or there is no more room. */
    ThreadSummary followed(UserId user, boolean following) {
        List<UserId> to = following ? followers : unfollowed;
        List<UserId> from = following ? unfollowed : followers;
        boolean moves = from.contains(user);
        if (remembers(user, following) || (!moves && full())) {
            return this;
        }
        List<UserId> longer = with(to, user);
        List<UserId> rest = moves ? without(from, user) : from;
        return new ThreadSummary(
                replies,
                lastReplyAt,
                participants,
                following ? longer : rest,
                following ? rest : longer);
    }

    private static List<UserId> with(List<UserId> users, UserId one) {
        List<UserId> longer = new ArrayList<>(users);
        longer.add(one);
        return longer;
    }

    private static List<UserId> without(List<UserId> users, UserId one) {
        return users.stream().filter(user -> !user.equals(one)).toList();
    }
}
