package chat.chatto.core.timeline;

/** A page or the pins are newer than the room's end that a draft was begun at: catch up and begin again. */
final class StaleDraftException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleDraftException(String what, long sequence, RoomTip tip) {
        super(what + " is at commit " + sequence + ", the room at " + tip.sequence());
    }
}
