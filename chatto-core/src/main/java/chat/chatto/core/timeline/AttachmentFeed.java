package chat.chatto.core.timeline;

import chat.chatto.core.asset.SealedFile;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.ReaderProgress.Reader;
import chat.chatto.storage.EventLog;
import chat.chatto.storage.Follower;
import chat.chatto.storage.Following;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of files in one shard's rooms, for a reader that must not miss anything: it says how far it came, and the log keeps what is
 * after that. Safe for use by many threads; every method may block and throws {@link chat.chatto.storage.StorageException} when storage
 * does not answer.
 */
public final class AttachmentFeed {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentFeed.class);

    private final Shard shard;

    AttachmentFeed(Shard shard) {
        this.shard = shard;
    }

    /** What happened to files in one commit. */
    public sealed interface Change {

        /** A message was posted that carries files. */
        record Posted(MessageAddress address, List<SealedFile> files) implements Change {}

        /** Messages carry these files no more. */
        record Removed(List<SealedFile> files) implements Change {}
    }

    /**
     * What happened together, in order; mostly nothing.
     *
     * @param sequence the commit's
     */
    public record Batch(long sequence, List<Change> changes) {}

    public int shard() {
        return shard.number();
    }

    /** From now on the log keeps what the reader has not dealt with. */
    public void begin() {
        ReaderProgress.begin(shard.documents(), Reader.FILES, end());
    }

    /** The last commit that was dealt with. */
    public long position() {
        return ReaderProgress.read(shard.documents(), Reader.FILES)
                .map(ReaderProgress::through)
                .orElse(0L);
    }

    /** Every commit up to this one was dealt with. */
    public void advance(long through) {
        ReaderProgress.advance(shard.documents(), Reader.FILES, through);
    }

    /** The newest commit of all. */
    public long end() {
        return shard.log().extent().last();
    }

    /** Delivers what happens after a commit, in order, also commits that mean nothing. */
    public Following follow(long after, Follower<Batch> follower) {
        return shard.log().follow(after, record -> follower.accept(batch(record)));
    }

    private static Batch batch(EventLog.Entry record) {
        try {
            Commit commit =
                    CommitCodec.decode(
                            new RoomId(record.key()), record.sequence(), record.content());
            List<Change> changes = new ArrayList<>();
            commit.events().forEach(event -> add(changes, event));
            return new Batch(record.sequence(), changes);
        } catch (DamagedException e) {
            LOG.warn("The files of commit {} are left alone", record.sequence(), e);
            return new Batch(record.sequence(), List.of());
        }
    }

    private static void add(List<Change> changes, Event event) {
        switch (event) {
            case Event.Post post when !post.attachments().isEmpty() ->
                    changes.add(new Change.Posted(post.address(), post.attachments()));
            case Event.Delete delete when !delete.attachments().isEmpty() ->
                    changes.add(new Change.Removed(delete.attachments()));
            case Event.Detach detach ->
                    changes.add(new Change.Removed(List.of(detach.attachment())));
            case Event.Post _,
                    Event.Delete _,
                    Event.Edit _,
                    Event.React _,
                    Event.Pin _,
                    Event.Follow _ -> {
                // No file is concerned.
            }
        }
    }
}
