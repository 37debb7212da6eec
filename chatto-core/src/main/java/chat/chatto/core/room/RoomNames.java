package chat.chatto.core.room;

import chat.chatto.core.Names;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The keys that reserve the names of rooms. */
final class RoomNames {

    private RoomNames() {}

    static String key(String name) {
        byte[] comparable = Names.comparable(name).getBytes(StandardCharsets.UTF_8);
        return "roomname." + Base64.getUrlEncoder().withoutPadding().encodeToString(comparable);
    }
}
