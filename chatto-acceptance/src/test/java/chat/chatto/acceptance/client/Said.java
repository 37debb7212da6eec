package chat.chatto.acceptance.client;

import com.google.gson.JsonObject;

/** Who said what, and its place in the room. */
public record Said(long ordinal, String login, String body) {

    static Said of(JsonObject message) {
        return new Said(
                message.get("ordinal").getAsLong(),
                message.getAsJsonObject("author").get("login").getAsString(),
                message.get("body").getAsString());
    }
}
