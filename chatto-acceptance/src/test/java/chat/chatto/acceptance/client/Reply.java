package chat.chatto.acceptance.client;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
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

    /** Whether the body says what is wrong (RFC 9457). */
    public boolean isProblem() {
        try {
            JsonObject problem = json();
            return problem.has("type")
                    && problem.has("status")
                    && problem.get("status").getAsInt() == status;
        } catch (JsonParseException | IllegalStateException _) {
            return false;
        }
    }

    /** This answer, if the request was fulfilled. */
    public Reply orFail() {
        if (!succeeded()) {
            throw new Refusal("Answered " + status + ": " + body);
        }
        return this;
    }

    /** An answer that somebody did not expect. */
    public static final class Refusal extends AssertionError {

        private Refusal(String message) {
            super(message);
        }
    }
}
