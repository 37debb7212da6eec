package chat.chatto.acceptance.chaos;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.util.Map;
import java.util.TreeMap;

/**
 * A message as it is shown.
 *
 * @param reactions how many gave each emoji
 */
record Line(long ordinal, String login, String body, Map<String, Integer> reactions) {

    Line {
        reactions = Map.copyOf(reactions);
    }

    static Line of(JsonObject message) {
        Map<String, Integer> reactions = new TreeMap<>();
        for (JsonElement element : message.getAsJsonArray("reactions")) {
            JsonObject reaction = element.getAsJsonObject();
            reactions.put(reaction.get("emoji").getAsString(), reaction.get("count").getAsInt());
        }
        return new Line(
                message.get("ordinal").getAsLong(),
                message.getAsJsonObject("author").get("login").getAsString(),
                message.get("body").getAsString(),
                reactions);
    }

    /** The word that tells which message this is, however often it was edited. */
    String token() {
        int end = body.indexOf(' ');
        return end < 0 ? body : body.substring(0, end);
    }
}
