package chat.chatto.core.search;

import chat.chatto.core.room.RoomId;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What somebody asks for.
 *
 * @param text as typed, see {@link SearchQuery}
 * @param room where to look; empty for everywhere
 * @param zone in which days begin for whoever asks
 * @param limit how many messages at most, 1 to {@value Search#LIMIT}
 * @param cursor from the part before; empty for the first
 */
public record SearchRequest(
        String text, Optional<RoomId> room, ZoneId zone, int limit, Optional<String> cursor) {}
