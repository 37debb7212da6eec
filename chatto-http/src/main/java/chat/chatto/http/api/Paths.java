package chat.chatto.http.api;

import chat.chatto.core.ChattoException;
import chat.chatto.core.room.RoomId;
import chat.chatto.http.routing.Call;

/** Reads what paths name; a text that can name nothing names nothing that exists. */
final class Paths {

    /** What every path of the interface starts with. */
    static final String API = "/api/v1";

    private Paths() {}

    static RoomId room(Call call) {
        return room(call.parameter(0));
    }

    static RoomId room(String value) {
        try {
            return new RoomId(value);
        } catch (IllegalArgumentException e) {
            throw noSuch("room");
        }
    }

    static long ordinal(Call call, int index) {
        String value = call.parameter(index);
        if (!value.matches("\\d{1,18}")) {
            throw noSuch("message");
        }
        return Long.parseLong(value);
    }

    private static ChattoException noSuch(String what) {
        return ChattoException.notFound("There is no such " + what + ".");
    }
}
