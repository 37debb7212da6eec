package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.List;

/**
 * One emoji under a message.
 *
 * @param users who reacted with it, the earliest first
 */
public record Reaction(String emoji, List<UserId> users) {

    public Reaction {
        users = List.copyOf(users);
    }
}
