package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;

import java.util.ArrayList;
import java.util.List;

/**
 * What is pinned in a room after all commits up to {@link #appliedSequence}, the newest pin last. Immutable; applying commits is a pure
 * function, as for a {@link Page}.
 *
 * @param appliedSequence the last commit that changed it, 0 for a room without pins
 * @param appliedHash the chain's hash at that commit
 * @param pins at most {@value #MOST}
 */
// That nothing changed is told by identity, as in Page.
@SuppressWarnings("ReferenceEquality")
record PinBoard(
        RoomId room, long appliedSequence, ChainHash appliedHash, List<PinnedMessage> pins) {

    /** How many messages of a room can be pinned at once: about 40 KB. */
    static final int MOST = 1_000;

    PinBoard {
        pins = List.copyOf(pins);
    }

    static PinBoard empty(RoomId room) {
        return new PinBoard(room, 0, ChainHash.START, List.of());
    }

    /** Whether a commit can change what is pinned. */
    static boolean concerns(Commit commit) {
        return commit.events().stream()
                .anyMatch(event -> event instanceof Event.Pin || event instanceof Event.Delete);
    }

    /** The board after a commit; itself when the commit does not concern it or is in it already. */
    PinBoard apply(Commit commit) {
        if (commit.sequence() <= appliedSequence) {
            return this;
        }
        List<PinnedMessage> changed = apply(commit.events());
        return changed == pins
                ? this
                : new PinBoard(room, commit.sequence(), commit.hash(), changed);
    }

    /** The board as it would be after events that are not committed yet. */
    PinBoard preview(List<Event> events) {
        List<PinnedMessage> changed = apply(events);
        return changed == pins ? this : new PinBoard(room, appliedSequence, appliedHash, changed);
    }

    private List<PinnedMessage> apply(List<Event> events) {
        List<PinnedMessage> changed = pins;
        for (Event event : events) {
            changed = after(changed, event);
        }
        return changed;
    }

    private static List<PinnedMessage> after(List<PinnedMessage> pins, Event event) {
        return switch (event) {
            case Event.Pin pin -> pin.pinned() ? with(pins, pin) : without(pins, pin.address());
            case Event.Delete delete -> without(pins, delete.address());
            case Event.Post _, Event.Edit _, Event.Detach _, Event.React _, Event.Follow _ -> pins;
        };
    }

    private static List<PinnedMessage> with(List<PinnedMessage> pins, Event.Pin pin) {
        if (holds(pins, pin.address())) {
            return pins;
        }
        List<PinnedMessage> longer = new ArrayList<>(pins);
        longer.add(new PinnedMessage(pin.address(), pin.atMillis(), pin.actor()));
        return longer;
    }

    private static List<PinnedMessage> without(List<PinnedMessage> pins, MessageAddress address) {
        return holds(pins, address)
                ? pins.stream().filter(pin -> !pin.address().equals(address)).toList()
                : pins;
    }

    private static boolean holds(List<PinnedMessage> pins, MessageAddress address) {
        return pins.stream().anyMatch(pin -> pin.address().equals(address));
    }
}
