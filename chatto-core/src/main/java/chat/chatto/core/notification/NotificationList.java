package chat.chatto.core.notification;

import java.util.List;
import java.util.Optional;

/**
 * A part of a person's notifications, the newest first.
 *
 * @param unread how many of the newest {@value Notifications#COUNTED} are unread
 * @param nextCursor asks for older ones; empty at the end
 */
public record NotificationList(
        List<Notification> notifications, int unread, Optional<String> nextCursor) {

    public NotificationList {
        notifications = List.copyOf(notifications);
    }
}
