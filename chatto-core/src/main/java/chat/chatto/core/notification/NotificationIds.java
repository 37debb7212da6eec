package chat.chatto.core.notification;

import chat.chatto.core.ChattoException;

/** The form of notifications' ids. */
final class NotificationIds {

    private static final String KIND = "N";
    private static final int RADIX = 36;

    private NotificationIds() {}

    static String id(long sequence) {
        return KIND + Long.toString(sequence, RADIX);
    }

    /** @throws ChattoException NOT_FOUND for what is no such id */
    static long sequence(String id) {
        try {
            if (id.startsWith(KIND)) {
                return Long.parseUnsignedLong(id.substring(KIND.length()), RADIX);
            }
        } catch (NumberFormatException e) {
            // Said below, as for any other text.
        }
        throw ChattoException.notFound("There is no notification " + id);
    }
}
