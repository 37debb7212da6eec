package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Something that people may want to hear of who were not looking. */
public sealed interface Activity {

    /** The message it is about. */
    MessageAddress address();

    UserId actor();

    Instant at();

    /** Its place among what happened in the same commit. */
    int index();

    record Posted(
            int index,
            MessageAddress address,
            UserId actor,
            Instant at,
            String messageId,
            OptionalLong replyTo,
            Mentions mentions)
            implements Activity {}

    /** Somebody added a reaction. */
    record Reacted(int index, MessageAddress address, UserId actor, Instant at, String emoji)
            implements Activity {}

    /**
     * Somebody began or ceased to follow a thread by their own wish.
     *
     * @param address of the thread's root
     */
    record Followed(int index, MessageAddress address, UserId actor, Instant at, boolean following)
            implements Activity {}

    /**
     * What happened together, in order.
     *
     * @param sequence the commit's
     */
    record Batch(long sequence, List<Activity> activities) {

        public Batch {
            activities = List.copyOf(activities);
        }
    }
}
