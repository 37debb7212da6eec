package chat.chatto.core.timeline;

/** A page is newer than the room's end that a draft was begun at: catch up and begin again. */
final class StaleDraftException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleDraftException(Page page, RoomTip tip) {
        super(
                "Page "
                        + page.key().documentKey()
                        + " is at commit "
                        + page.appliedSequence()
                        + ", the room at "
                        + tip.sequence());
    }
}
