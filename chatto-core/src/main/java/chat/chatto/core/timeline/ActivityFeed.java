package chat.chatto.core.timeline;

import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.ReaderProgress.Reader;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.Follower;
import chat.chatto.storage.Following;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that happens in one shard's rooms, for a reader that must not miss anything: it says how far it came, and the log keeps what is
 * after that. Safe for use by many threads; every method may block and throws {@link chat.chatto.storage.StorageException} when storage
 * does not answer.
 */
public final class ActivityFeed {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityFeed.class);

    private final Shard shard;

    ActivityFeed(Shard shard) {
        this.shard = shard;
    }

    public int shard() {
        return shard.number();
    }

    /** From now on the log keeps what the reader has not dealt with. Without a former reader, that is what follows. */
    public void begin() {
        ReaderProgress.begin(shard.documents(), Reader.NOTIFICATIONS, shard.log().extent().last());
    }

    /** The last commit that was dealt with. */
    public long position() {
        return ReaderProgress.read(shard.documents(), Reader.NOTIFICATIONS)
                .map(ReaderProgress::through)
                .orElse(0L);
    }

    /** Every commit up to this one was dealt with. */
    public void advance(long through) {
        ReaderProgress.advance(shard.documents(), Reader.NOTIFICATIONS, through);
    }

    /** Delivers what happens after a commit, in order, also commits that mean nothing. */
    public Following follow(long after, Follower<Activity.Batch> follower) {
        return shard.log().follow(after, record -> follower.accept(batch(record)));
    }

    /**
     * What is known of a message, at least as of a commit.
     *
     * @return empty when there is none, or when what is stored of it is damaged
     */
    public Optional<MessageFacts> facts(MessageAddress address, long sequence) {
        RoomState room = shard.room(address.timeline().room());
        try {
            if (shard.tip(room).sequence() < sequence) {
                shard.catchUp(room);
            }
            return shard.page(PageKey.of(address))
                    .page()
                    .entry(address.ordinal())
                    .map(MessageFacts::of);
        } catch (DamagedException e) {
            LOG.warn("Nobody is told of what happened to {}", address, e);
            return Optional.empty();
        }
    }

    private static Activity.Batch batch(EventLog.Entry record) {
        try {
            return batch(
                    CommitCodec.decode(
                            new RoomId(record.key()), record.sequence(), record.content()));
        } catch (DamagedException e) {
            LOG.warn("Nobody is told of commit {}", record.sequence(), e);
            return new Activity.Batch(record.sequence(), List.of());
        }
    }

    static Activity.Batch batch(Commit commit) {
        List<Activity> activities = new ArrayList<>();
        for (int index = 0; index < commit.events().size(); index++) {
            activity(commit.events().get(index), index).ifPresent(activities::add);
        }
        return new Activity.Batch(commit.sequence(), activities);
    }

    private static Optional<Activity> activity(Event event, int index) {
        Instant at = Instant.ofEpochMilli(event.atMillis());
        return switch (event) {
            // What an entry of the main line shows of a reply is told of with the reply.
            case Event.Post post when post.echo().filter(Echo.Of.class::isInstance).isPresent() ->
                    Optional.empty();
            case Event.Post post ->
                    Optional.of(
                            new Activity.Posted(
                                    index,
                                    post.address(),
                                    post.actor(),
                                    at,
                                    post.messageId(),
                                    post.replyTo(),
                                    post.mentions()));
            case Event.React react when react.added() ->
                    Optional.of(
                            new Activity.Reacted(
                                    index, react.address(), react.actor(), at, react.emoji()));
            case Event.Follow follow ->
                    Optional.of(
                            new Activity.Followed(
                                    index,
                                    follow.address(),
                                    follow.actor(),
                                    at,
                                    follow.following()));
            case Event.React _, Event.Edit _, Event.Delete _, Event.Detach _, Event.Pin _ ->
                    Optional.empty();
        };
    }
}
