package chat.chatto.acceptance.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** An answer: its status and its body as sent. */
public record Reply(int status, String body) {

    private static final int UNAVAILABLE = 503;

    public JsonObject json() {
        return JsonParser.parseString(body).getAsJsonObject();
    }

    /** Whether the request was fulfilled. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /** Whether the server asks to be tried again. */
    public boolean unavailable() {
        return status == UNAVAILABLE;
    }

    /** This answer, if the request was fulfilled. */
    public Reply orFail() {
        if (!succeeded()) {
            throw new AssertionError("Answered " + status + ": " + body);
        }
        return this;
    }
}
