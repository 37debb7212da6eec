package chat.chatto.http.api;

import chat.chatto.core.ChattoException;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.room.GroupId;
import chat.chatto.core.room.RoomId;
import chat.chatto.http.routing.Call;

import java.util.function.Function;

/** Reads what paths name; a text that can name nothing names nothing that exists. */
final class Paths {

    /** What every path of the interface starts with. */
    static final String API = "/api/v1";

    private Paths() {}

    static RoomId room(Call call) {
        return room(call.parameter(0));
    }

    static RoomId room(String value) {
        return id(value, RoomId::new, "room");
    }

    static UserId user(Call call, int index) {
        return id(call.parameter(index), UserId::new, "account");
    }

    static AssetId file(String value) {
        return id(value, AssetId::new, "file");
    }

    static GroupId group(Call call) {
        return id(call.parameter(0), GroupId::new, "group of rooms");
    }

    static long ordinal(Call call, int index) {
        String value = call.parameter(index);
        if (!value.matches("\\d{1,18}")) {
            throw noSuch("message");
        }
        return Long.parseLong(value);
    }

    private static <T> T id(String value, Function<String, T> of, String what) {
        try {
            return of.apply(value);
        } catch (IllegalArgumentException e) {
            throw noSuch(what);
        }
    }

    private static ChattoException noSuch(String what) {
        return ChattoException.notFound("There is no such " + what + ".");
    }
}
