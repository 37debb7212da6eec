package chat.chatto.core.push;

import chat.chatto.core.account.UserId;
import chat.chatto.core.notification.Notification;

/** What a device is told. */
public sealed interface PushContent {

    /** Whose device it is: another person may have signed in there since. */
    UserId user();

    /**
     * Somebody is to be alerted.
     *
     * @param preview whether it may tell how the message begins
     */
    record Alert(UserId user, Notification notification, boolean preview) implements PushContent {

        @Override
        public String tag() {
            return notification.emoji().isPresent()
                    ? notification.id()
                    : notification.message().id();
        }
    }

    /** What was shown under a tag was read on another device. */
    record Read(UserId user, String tag) implements PushContent {}

    /** Somebody wants to see whether it works. */
    record Test(UserId user) implements PushContent {

        @Override
        public String tag() {
            return "test";
        }
    }

    /** What is shown under the same tag replaces, or removes, what was shown before. */
    String tag();
}
