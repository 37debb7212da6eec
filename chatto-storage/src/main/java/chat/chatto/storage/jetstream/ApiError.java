package chat.chatto.storage.jetstream;

import com.google.gson.JsonObject;

/**
 * An error of the JetStream API.
 *
 * @param status like an HTTP status
 * @param code identifies the error, see {@code errors.json} of nats-server
 */
record ApiError(int status, int code, String description) {

    static final int CLUSTER_NOT_AVAILABLE = 10008;
    static final int NOT_LEADER = 10009;
    static final int CONSUMER_NOT_FOUND = 10014;
    static final int NO_MESSAGE_FOUND = 10037;
    static final int NO_SUITABLE_PEERS = 10005;
    static final int STREAM_NAME_IN_USE = 10058;
    static final int STREAM_NOT_FOUND = 10059;
    static final int STREAM_OFFLINE = 10118;
    static final int REPLICAS_NEED_CLUSTER = 10074;
    static final int WRONG_LAST_SEQUENCE = 10071;
    static final int NOT_ENABLED = 10076;
    static final int NOT_ENABLED_FOR_ACCOUNT = 10039;

    /** As {@link #WRONG_LAST_SEQUENCE}, but an earlier message of the subject is still being stored, so nothing is known. */
    static final int SUBJECT_IN_PROCESS = 10164;

    /** The same message, sent earlier, is still being stored. */
    static final int DUPLICATE_IN_PROCESS = 10158;

    static final int INCOMPLETE_BATCH = 10176;
    static final int TOO_MANY_BATCHES = 10210;

    static ApiError parse(JsonObject error) {
        return new ApiError(
                error.has("code") ? error.get("code").getAsInt() : 0,
                error.has("err_code") ? error.get("err_code").getAsInt() : 0,
                error.has("description")
                        ? error.get("description").getAsString()
                        : "no description");
    }

    /** Whether the same request may succeed in a moment, and has certainly not been carried out. */
    boolean isTransient() {
        return switch (code) {
            case CLUSTER_NOT_AVAILABLE, NOT_LEADER, STREAM_OFFLINE, DUPLICATE_IN_PROCESS -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return description + " (" + code + ")";
    }
}
