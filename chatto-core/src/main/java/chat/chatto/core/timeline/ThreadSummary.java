package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.time.Instant;
import java.util.List;

/**
 * What the root of a thread shows of it.
 *
 * @param replies how many replies were posted, deleted ones included: the next reply's ordinal
 * @param participants who replied, the earliest first, at most 50
 */
public record ThreadSummary(long replies, Instant lastReplyAt, List<UserId> participants) {

    public ThreadSummary {
        participants = List.copyOf(participants);
    }
}
