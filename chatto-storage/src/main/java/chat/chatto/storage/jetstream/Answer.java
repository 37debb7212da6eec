package chat.chatto.storage.jetstream;

import com.google.gson.JsonObject;

/** What came back for a request to JetStream, other than silence. */
sealed interface Answer {

    /** Done; the content depends on the request. */
    record Done(JsonObject content) implements Answer {}

    /** JetStream said no. */
    record Failed(ApiError error) implements Answer {}

    /** Nobody listens on the subject: there is no such stream, or it has no leader at the moment. Nothing was done. */
    record NobodyThere() implements Answer {}
}
