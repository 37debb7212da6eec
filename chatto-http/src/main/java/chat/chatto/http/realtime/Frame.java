package chat.chatto.http.realtime;

import chat.chatto.core.timeline.Cursor;
import chat.chatto.http.json.JsonOutput;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A text frame, encoded once for all who receive it. Immutable.
 *
 * @param cursor the place of the timeline change it tells of; empty for everything else
 */
record Frame(ByteBuffer payload, Optional<Cursor> cursor) {

    static Frame of(JsonOutput json) {
        return new Frame(json.buffer(), Optional.empty());
    }

    static Frame of(JsonOutput json, Cursor cursor) {
        return new Frame(json.buffer(), Optional.of(cursor));
    }

    int bytes() {
        return payload.limit();
    }
}
