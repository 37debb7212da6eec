package chat.chatto.core.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page's messages after all commits up to {@link #appliedSequence}. Immutable; applying commits is a pure function, so that every server
 * that folds the same log gets the same page.
 *
 * @param appliedSequence the last commit that changed the page, 0 for a page nobody wrote to
 * @param appliedHash the chain's hash at that commit
 */
// That nothing changed is told by identity: comparing 64 messages for every event would be wasted
// work.
@SuppressWarnings("ReferenceEquality")
record Page(PageKey key, long appliedSequence, ChainHash appliedHash, List<Entry> entries) {

    Page {
        entries = List.copyOf(entries);
    }

    static Page empty(PageKey key) {
        return new Page(key, 0, ChainHash.START, List.of());
    }

    /** The entry with an ordinal of this page. */
    Optional<Entry> entry(long ordinal) {
        int slot = PageKey.slot(ordinal);
        return slot < entries.size() ? Optional.of(entries.get(slot)) : Optional.empty();
    }

    /** The page after a commit; itself when the commit does not concern it or is in it already. */
    Page apply(Commit commit) {
        if (commit.sequence() <= appliedSequence) {
            return this;
        }
        List<Entry> changed = apply(commit.events(), commit.sequence());
        return changed == entries ? this : new Page(key, commit.sequence(), commit.hash(), changed);
    }

    /** The page as it would be after events that are not committed yet. */
    Page preview(List<Event> events) {
        List<Entry> changed = apply(events, appliedSequence);
        return changed == entries ? this : new Page(key, appliedSequence, appliedHash, changed);
    }

    int weight() {
        int weight = 200;
        for (Entry entry : entries) {
            weight += entry.weight();
        }
        return weight;
    }

    private List<Entry> apply(List<Event> events, long sequence) {
        List<Entry> changed = entries;
        for (Event event : events) {
            int slot = slot(event);
            if (slot >= 0) {
                if (changed == entries) {
                    changed = new ArrayList<>(entries);
                }
                apply(changed, slot, event, sequence);
            }
        }
        return changed;
    }

    /** The slot that an event changes, -1 when it changes none of this page. */
    private int slot(Event event) {
        MessageAddress address = event.address();
        if (PageKey.of(address).equals(key)) {
            return PageKey.slot(address.ordinal());
        }
        if (event instanceof Event.Post && address.timeline().isThread()) {
            MessageAddress root = address.timeline().root();
            return PageKey.of(root).equals(key) ? PageKey.slot(root.ordinal()) : -1;
        }
        return -1;
    }

    private void apply(List<Entry> changed, int slot, Event event, long sequence) {
        boolean own = event.address().timeline().equals(key.timeline());
        if (own && event instanceof Event.Post post) {
            if (slot != changed.size()) {
                throw new DamagedException(
                        "Page "
                                + key.documentKey()
                                + " has "
                                + changed.size()
                                + " messages, but commit "
                                + sequence
                                + " posts into slot "
                                + slot);
            }
            changed.add(Entry.of(post, sequence));
            return;
        }
        if (slot >= changed.size()) {
            throw new DamagedException(
                    "Commit "
                            + sequence
                            + " changes message "
                            + (key.firstOrdinal() + slot)
                            + " of page "
                            + key.documentKey()
                            + ", which has only "
                            + changed.size()
                            + " messages");
        }
        Entry entry = changed.get(slot);
        changed.set(
                slot,
                switch (event) {
                    case Event.Post reply -> entry.replied(reply, sequence);
                    case Event.Edit edit -> entry.edited(edit, sequence);
                    case Event.Delete delete -> entry.deleted(delete, sequence);
                    case Event.Detach detach -> entry.detached(detach, sequence);
                    case Event.React react -> entry.reacted(react, sequence);
                    case Event.Pin pin -> entry.pinned(pin, sequence);
                    case Event.Follow follow -> entry.followed(follow, sequence);
                });
    }
}
