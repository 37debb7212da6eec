package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The commit that a sequencer is putting together: the room's state with the events chosen so far. Used by one thread.
 */
final class Draft {

    private record KeyOf(TimelineId timeline, UserId author, String key) {}

    private final RoomTip tip;
    private final long atMillis;
    private final Function<PageKey, Page> pages;
    private final Supplier<PinBoard> committedPins;
    private final IdempotencyKeys committedKeys;
    private final List<Event> events = new ArrayList<>();
    private final Map<PageKey, Page> previews = new HashMap<>();
    private final Map<KeyOf, Long> keys = new HashMap<>();
    private long head;
    private boolean checkpoint;

    /**
     * @param tip where the room's log ends: what the commit will follow
     * @param atMillis the commit's time
     */
    Draft(
            RoomTip tip,
            long atMillis,
            Function<PageKey, Page> pages,
            Supplier<PinBoard> committedPins,
            IdempotencyKeys committedKeys) {
        this.tip = tip;
        this.atMillis = atMillis;
        this.pages = pages;
        this.committedPins = committedPins;
        this.committedKeys = committedKeys;
        this.head = tip.head();
    }

    RoomTip tip() {
        return tip;
    }

    long atMillis() {
        return atMillis;
    }

    /** The ordinal of the main line's newest message. */
    long head() {
        return head;
    }

    List<Event> events() {
        return events;
    }

    /** Whether there is anything to store. */
    boolean worthStoring() {
        return checkpoint || !events.isEmpty();
    }

    /** Asks for a commit even without events. */
    void checkpoint(boolean wanted) {
        checkpoint |= wanted;
    }

    /** The ordinal of a timeline's newest message, -1 for none; empty when the thread's root does not exist. */
    OptionalLong head(TimelineId timeline) {
        if (!timeline.isThread()) {
            return OptionalLong.of(head);
        }
        return entry(timeline.root())
                .map(root -> OptionalLong.of(root.replies() - 1))
                .orElse(OptionalLong.empty());
    }

    Optional<Entry> entry(MessageAddress address) {
        if (!address.timeline().isThread() && address.ordinal() > head) {
            return Optional.empty();
        }
        return previews.computeIfAbsent(PageKey.of(address), this::preview)
                .entry(address.ordinal());
    }

    private Page preview(PageKey key) {
        Page page = pages.apply(key);
        if (page.appliedSequence() > tip.sequence()) {
            throw new StaleDraftException("Page " + key.documentKey(), page.appliedSequence(), tip);
        }
        return page.preview(events);
    }

    /** What is pinned in the room. */
    PinBoard pins() {
        PinBoard board = committedPins.get();
        if (board.appliedSequence() > tip.sequence()) {
            throw new StaleDraftException("What is pinned", board.appliedSequence(), tip);
        }
        return board.preview(events);
    }

    /** The message that a key posted before, in this commit or an earlier one. */
    OptionalLong posted(TimelineId timeline, UserId author, String key, long timelineHead) {
        Long here = keys.get(new KeyOf(timeline, author, key));
        return here != null
                ? OptionalLong.of(here)
                : committedKeys.find(
                        timeline,
                        author,
                        key,
                        timeline.isThread() ? timelineHead : tip.head(),
                        atMillis);
    }

    void add(Event event) {
        if (event instanceof Event.Delete) {
            events.replaceAll(
                    earlier ->
                            earlier.address().equals(event.address())
                                    ? earlier.withoutBody()
                                    : earlier);
        }
        events.add(event);
        previews.replaceAll((_, page) -> page.preview(List.of(event)));
        if (event instanceof Event.Post post) {
            TimelineId timeline = post.address().timeline();
            if (!timeline.isThread()) {
                head = post.address().ordinal();
            }
            if (!post.idempotencyKey().isEmpty()) {
                keys.put(
                        new KeyOf(timeline, post.actor(), post.idempotencyKey()),
                        post.address().ordinal());
            }
        }
    }
}
