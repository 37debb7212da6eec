package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.kms.TamperedException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What all messages of one shard say, for a reader on this server that keeps a copy: first from the pages, then as it changes. The log keeps
 * nothing for such a reader: one that was away for too long goes through the pages again, which say what changed in them since. Whoever may
 * read what is not asked. Safe for use by many threads; every method may block and throws {@link chat.chatto.storage.StorageException} when
 * storage does not answer.
 */
public final class ContentFeed {

    private static final Logger LOG = LoggerFactory.getLogger(ContentFeed.class);

    private final Shard shard;
    private final Bodies bodies;
    private final MessageReader messages;

    ContentFeed(Shard shard, Bodies bodies, MessageReader messages) {
        this.shard = shard;
        this.bodies = bodies;
        this.messages = messages;
    }

    /**
     * Some of what changed, in order.
     *
     * @param through every change up to this commit is in it, or was before it
     */
    public record Batch(long through, List<ContentChange> changes) {

        public Batch {
            changes = List.copyOf(changes);
        }
    }

    /** Takes what a walk through the pages finds. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * @param changes what some messages say
         * @param passed how many messages of the main line the walk has passed with them
         */
        void visit(List<ContentChange> changes, int passed)
                throws IOException, InterruptedException;
    }

    public int shard() {
        return shard.number();
    }

    /** Identifies the history that commits are numbered in. */
    public String incarnation() {
        return shard.log().incarnation();
    }

    /** The last commit that this server knows. */
    public long position() {
        return shard.position();
    }

    /** Whether anything ever happened in a room of this shard. */
    public boolean knows(RoomId room) {
        return shard.find(room).isPresent();
    }

    /**
     * How near a reader is to missing something.
     *
     * @param sequence the last commit that it dealt with
     * @return 0 when it knows everything, 1 when what follows is about to leave memory
     */
    public double lateness(long sequence) {
        long newest = shard.position();
        long kept = newest - shard.ring().completeAfter();
        return kept <= 0 ? 0 : Math.clamp((double) (newest - sequence) / kept, 0, 1);
    }

    /** Every commit up to this one is in the pages. */
    public long filedThrough() {
        return shard.foldedThrough();
    }

    /**
     * What changed after a commit.
     *
     * @param commits how many commits are looked at, at most
     * @return empty when commits after that one are not in memory any more: go through the pages
     */
    public Optional<Batch> after(long sequence, int commits) {
        Optional<Collection<Commit>> newer = commits(sequence);
        if (newer.isEmpty()) {
            return Optional.empty();
        }
        Map<MessageAddress, Event.Post> posted = new LinkedHashMap<>();
        Set<MessageAddress> changed = new LinkedHashSet<>();
        Set<MessageAddress> reacted = new LinkedHashSet<>();
        long through = sequence;
        int looked = 0;
        for (Commit commit : newer.get()) {
            commit.events().forEach(event -> sort(event, posted, changed, reacted));
            through = commit.sequence();
            if (++looked == commits) {
                break;
            }
        }
        if (!complete(sequence)) {
            return Optional.empty(); // Some may have left the ring before they were looked at.
        }
        return Optional.of(new Batch(through, read(posted, changed, reacted)));
    }

    /** A live view of what happened after a commit; empty when a part of that is not in memory any more. */
    Optional<Collection<Commit>> commits(long sequence) {
        return complete(sequence) ? Optional.of(shard.ring().after(sequence)) : Optional.empty();
    }

    /** Whether all that happened after a commit is in memory. */
    boolean complete(long sequence) {
        return shard.ring().completeAfter() <= sequence;
    }

    /** Remembers what is put off; each reader needs its own. */
    public PostponedPages postponed() {
        return new PostponedPages(this);
    }

    private static void sort(
            Event event,
            Map<MessageAddress, Event.Post> posted,
            Set<MessageAddress> changed,
            Set<MessageAddress> reacted) {
        switch (event) {
            // What an entry of the main line shows of a reply is found as the reply.
            case Event.Post post
                    when post.echo().filter(Echo.Of.class::isInstance).isPresent() -> {}
            case Event.Post post -> posted.put(post.address(), post);
            case Event.Edit edit -> changed.add(edit.address());
            case Event.Delete delete -> changed.add(delete.address());
            case Event.Detach detach -> changed.add(detach.address());
            case Event.Pin pin -> changed.add(pin.address());
            case Event.React react -> reacted.add(react.address());
            case Event.Follow _ -> {}
        }
    }

    private List<ContentChange> read(
            Map<MessageAddress, Event.Post> posted,
            Set<MessageAddress> changed,
            Set<MessageAddress> reacted) {
        List<ContentChange> changes = new ArrayList<>(posted.size() + changed.size());
        posted.forEach(
                (address, post) -> {
                    boolean since = changed.contains(address) || reacted.contains(address);
                    changes.add(
                            since ? now(address, true) : content(address, Entry.of(post, 0), true));
                });
        changed.stream()
                .filter(address -> !posted.containsKey(address))
                .forEach(address -> changes.add(now(address, false)));
        reacted.stream()
                .filter(address -> !posted.containsKey(address) && !changed.contains(address))
                .forEach(address -> changes.add(reactions(address)));
        return changes;
    }

    /** What a message says now. */
    public ContentChange now(MessageAddress address) {
        return now(address, false);
    }

    private ContentChange now(MessageAddress address, boolean added) {
        return entry(address)
                .map(entry -> content(address, entry, added))
                .orElseGet(() -> new ContentChange.Silent(address));
    }

    private ContentChange reactions(MessageAddress address) {
        return new ContentChange.Reacted(
                address, entry(address).filter(entry -> !entry.reactions().isEmpty()).isPresent());
    }

    private Optional<Entry> entry(MessageAddress address) {
        try {
            return shard.page(PageKey.of(address))
                    .page()
                    .entry(address.ordinal())
                    .filter(entry -> entry.shown().isEmpty());
        } catch (DamagedException e) {
            LOG.warn("What {} says cannot be told", address, e);
            return Optional.empty();
        }
    }

    private ContentChange content(MessageAddress address, Entry entry, boolean added) {
        if (entry.deleted()) {
            return new ContentChange.Silent(address);
        }
        try {
            return new ContentChange.Said(messages.read(address, entry, entry), added);
        } catch (TamperedException e) {
            LOG.warn("What {} says cannot be read", address, e);
            return new ContentChange.Silent(address);
        }
    }

    /** The rooms in which something happened after a commit, and how many messages their main lines have. */
    public NavigableMap<RoomId, Long> rooms(long after) {
        NavigableMap<RoomId, Long> rooms = new TreeMap<>(Comparator.comparing(RoomId::value));
        for (RoomState room : shard.rooms()) {
            RoomTip tip = shard.tip(room);
            if (tip.sequence() > after) {
                rooms.put(room.id(), tip.head() + 1);
            }
        }
        return rooms;
    }

    /**
     * Goes through a room's pages as they are stored: what happened up to {@link #filedThrough} is in them, and perhaps more. A room whose
     * pages contradict themselves is left where they do.
     *
     * @param after what did not change after this commit is left out; 0 for everything
     */
    public void walk(RoomId room, long after, Visitor visitor)
            throws IOException, InterruptedException {
        TimelineId main = TimelineId.main(room);
        long messages = shard.tip(shard.room(room)).head() + 1;
        try {
            for (long first = 0; first < messages; first += PageKey.SIZE) {
                Page page = load(main, first);
                visitor.visit(changed(page, after), (int) Math.min(PageKey.SIZE, messages - first));
                for (int slot = 0; slot < page.entries().size(); slot++) {
                    long replies = page.entries().get(slot).replies();
                    walkThread(TimelineId.thread(room, first + slot), replies, after, visitor);
                }
            }
        } catch (DamagedException e) {
            LOG.warn("Not everything that room {} says can be told", room, e);
        }
    }

    private void walkThread(TimelineId thread, long replies, long after, Visitor visitor)
            throws IOException, InterruptedException {
        for (long first = 0; first < replies; first += PageKey.SIZE) {
            visitor.visit(changed(load(thread, first), after), 0);
        }
    }

    private Page load(TimelineId timeline, long first) {
        // Not by way of the caches: they are for what people look at.
        return shard.pages().load(PageKey.of(new MessageAddress(timeline, first))).page();
    }

    /** What messages of a page say, as new as the page is known here, that changed after a commit. */
    List<ContentChange> changed(PageKey key, long after) {
        try {
            return changed(shard.page(key).page(), after);
        } catch (DamagedException e) {
            LOG.warn("What page {} says cannot be told", key.documentKey(), e);
            return List.of();
        }
    }

    private List<ContentChange> changed(Page page, long after) {
        if (page.appliedSequence() <= after) {
            return List.of();
        }
        bodies.prepare(page.entries());
        List<ContentChange> changes = new ArrayList<>(page.entries().size());
        for (int slot = 0; slot < page.entries().size(); slot++) {
            Entry entry = page.entries().get(slot);
            if (entry.sequence() > after && entry.shown().isEmpty()) {
                var address =
                        new MessageAddress(page.key().timeline(), page.key().firstOrdinal() + slot);
                changes.add(content(address, entry, false));
            }
        }
        return changes;
    }
}
