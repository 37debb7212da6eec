package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.List;

/**
 * A part of those who reacted with an emoji.
 *
 * @param count how many reacted with it in all
 * @param users the earliest first
 */
public record ReactionList(String emoji, int count, List<UserId> users) {

    public ReactionList {
        users = List.copyOf(users);
    }
}
