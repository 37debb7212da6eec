package chat.chatto.core.attachment;

import chat.chatto.core.asset.StoredFiles;
import chat.chatto.core.timeline.AttachmentFeed;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.storage.Leases;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Has one server keep files in step with messages. Safe for use by many threads. */
public final class AttachedFiles implements AutoCloseable {

    private final Storage storage;
    private final Timelines timelines;
    private final StoredFiles files;
    private final InstantSource clock;
    private Leases.@Nullable Candidacy keeper;

    @Inject
    public AttachedFiles(
            Storage storage, Timelines timelines, StoredFiles files, InstantSource clock) {
        this.storage = storage;
        this.timelines = timelines;
        this.files = files;
        this.clock = clock;
    }

    /** Begins; before this server takes any message. */
    public void start() {
        List<AttachmentFeed> feeds = new ArrayList<>();
        for (int shard = 1; shard <= timelines.shards(); shard++) {
            AttachmentFeed feed = timelines.files(shard);
            feed.begin();
            feeds.add(feed);
        }
        keeper =
                storage.leases()
                        .contend(
                                "files",
                                new FileKeeper(feeds, new FileIndex(storage), files, clock));
    }

    @Override
    public void close() {
        if (keeper != null) {
            keeper.close();
        }
    }
}
