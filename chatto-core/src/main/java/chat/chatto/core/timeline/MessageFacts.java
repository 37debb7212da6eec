package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.List;

/**
 * What is known of a message without opening it.
 *
 * @param replies how many there are in the thread under it
 * @param followers of that thread
 */
public record MessageFacts(
        String id, UserId author, boolean deleted, long replies, List<UserId> followers) {

    public MessageFacts {
        followers = List.copyOf(followers);
    }

    static MessageFacts of(Entry entry) {
        return new MessageFacts(
                entry.messageId(),
                entry.author(),
                entry.deleted(),
                entry.replies(),
                entry.thread().map(ThreadSummary::followers).orElse(List.of()));
    }
}
