package chat.chatto.core.notification;

import java.util.List;
import java.util.Optional;

/**
 * A part of the threads that somebody follows, the one with the newest reply first.
 *
 * @param unread how many of all of them have unread replies
 * @param nextCursor asks for what follows; empty at the end
 */
public record FollowedThreadList(
        List<FollowedThread> threads, long unread, Optional<String> nextCursor) {

    public FollowedThreadList {
        threads = List.copyOf(threads);
    }
}
