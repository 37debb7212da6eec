package chat.chatto.core.search;

import chat.chatto.core.timeline.Forwarded;
import chat.chatto.core.timeline.Message;

import java.util.ArrayList;
import java.util.List;

/** What can be read of a message. */
final class Texts {

    private Texts() {}

    /** Whether there is anything to be found. */
    static boolean any(Message message) {
        return !all(message).isEmpty();
    }

    /** Each text by itself: the message's own, and what it carries of another one. */
    static List<String> all(Message message) {
        List<String> texts = new ArrayList<>(2);
        if (!message.body().isEmpty()) {
            texts.add(message.body());
        }
        message.forwarded()
                .map(Forwarded::body)
                .filter(body -> !body.isEmpty())
                .ifPresent(texts::add);
        return texts;
    }

    static boolean hasLink(Message message) {
        return all(message).stream()
                .anyMatch(text -> text.contains("https://") || text.contains("http://"));
    }
}
