package chat.chatto.core.search;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;

import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open index. One thread writes; any number read, also while it is being closed: they then fail. What is written is in the files after
 * {@link #commit}, and found after {@link #refresh}.
 */
final class SearchIndex implements AutoCloseable {

    private static final String FORMAT_KEY = "format";

    /** Of what {@link Fields} and {@link Words} put into it: an index of another one is made anew. */
    private static final String FORMAT = "1";

    private static final int MEMORY_MIB = 16;

    /** Merging a larger piece would take long and double the room on the disk. */
    private static final int LARGEST_PIECE_MIB = 512;

    private static final int MERGES_WAITING = 6;

    /** Documents that are written anew at once. */
    static final int MOST_AT_ONCE = 1_000;

    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Map<String, String> committed;
    private boolean changed;
    private boolean erasing;
    private volatile boolean unseen;

    private SearchIndex(IndexWriter writer, Map<String, String> committed) throws IOException {
        this.writer = writer;
        this.searchers = new SearcherManager(writer, new SearcherFactory());
        this.committed = committed;
    }

    /**
     * Opens an index, or makes one where there is none.
     *
     * @throws ForeignIndexException when it was made by another version in a form that this one does not know
     * @throws org.apache.lucene.store.LockObtainFailedException when another server has it open
     */
    static SearchIndex open(Directory directory) throws IOException {
        IndexWriter writer = new IndexWriter(directory, configuration());
        try {
            boolean there = DirectoryReader.indexExists(directory);
            Map<String, String> committed = there ? userData(writer) : Map.of();
            if (there && !FORMAT.equals(committed.get(FORMAT_KEY))) {
                throw new ForeignIndexException(committed.get(FORMAT_KEY));
            }
            return new SearchIndex(writer, committed);
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    private static IndexWriterConfig configuration() {
        var merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(MERGES_WAITING, 1);
        var pieces = new TieredMergePolicy();
        pieces.setMaxMergedSegmentMB(LARGEST_PIECE_MIB);
        pieces.setForceMergeDeletesPctAllowed(0);
        return new IndexWriterConfig(Words.INDEXED)
                .setIndexSort(Fields.ORDER)
                .setRAMBufferSizeMB(MEMORY_MIB)
                .setMergeScheduler(merges)
                .setMergePolicy(pieces)
                .setCommitOnClose(false);
    }

    private static Map<String, String> userData(IndexWriter writer) {
        Map<String, String> data = new HashMap<>();
        Iterable<Map.Entry<String, String>> entries = writer.getLiveCommitData();
        if (entries != null) {
            entries.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    /** How much of a shard was in the index when it was opened. */
    Optional<Progress> progress(int shard) {
        return Progress.read(shard, committed);
    }

    /** Puts a message in that is not there yet. */
    void add(Message message) throws IOException {
        writer.addDocument(Fields.document(message));
        changed();
    }

    /** Puts a message in the place of what it said before. */
    void put(Message message) throws IOException {
        writer.updateDocument(
                new Term(Fields.KEY, Fields.key(message.address())), Fields.document(message));
        changed();
    }

    void remove(MessageAddress address) throws IOException {
        writer.deleteDocuments(new Term(Fields.KEY, Fields.key(address)));
        changed();
    }

    void remove(RoomId room) throws IOException {
        writer.deleteDocuments(new Term(Fields.ROOM, room.value()));
        changed();
    }

    /** Removes all that somebody wrote, soon also from the files, which would otherwise keep it until they are merged. */
    void removeBy(UserId author) throws IOException {
        writer.deleteDocuments(new Term(Fields.AUTHOR, author.value()));
        erasing = true;
        changed();
    }

    /** Whether anything is in the index that somebody wrote. */
    boolean knows(UserId author) throws IOException {
        refresh();
        Query any =
                new BooleanQuery.Builder()
                        .add(new TermQuery(new Term(Fields.AUTHOR, author.value())), Occur.SHOULD)
                        .add(new TermQuery(new Term(Fields.COPIED, author.value())), Occur.SHOULD)
                        .build();
        return read(searcher -> searcher.search(any, 1, Fields.ORDER).scoreDocs.length > 0);
    }

    /** The messages in which somebody's words and another's are together, up to a bounded number of those that were not removed. */
    List<MessageAddress> mixed(UserId author) throws IOException {
        refresh();
        Query written =
                new BooleanQuery.Builder()
                        .add(new TermQuery(new Term(Fields.AUTHOR, author.value())), Occur.MUST)
                        .add(new PrefixQuery(new Term(Fields.COPIED, "")), Occur.MUST)
                        .build();
        Query either =
                new BooleanQuery.Builder()
                        .add(new TermQuery(new Term(Fields.COPIED, author.value())), Occur.SHOULD)
                        .add(written, Occur.SHOULD)
                        .build();
        return read(
                searcher -> {
                    ScoreDoc[] found =
                            searcher.search(either, MOST_AT_ONCE, Fields.ORDER).scoreDocs;
                    return addresses(searcher, List.of(found));
                });
    }

    private void changed() {
        changed = true;
        unseen = true;
    }

    /** Whether there is something that is not in the files. */
    boolean uncommitted() {
        return changed;
    }

    /** Writes all into the files, and with it how much of each shard it is. */
    void commit(Map<Integer, Progress> progress) throws IOException {
        Map<String, String> data = new HashMap<>();
        data.put(FORMAT_KEY, FORMAT);
        progress.forEach((shard, one) -> one.write(shard, data));
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
        changed = false;
        if (erasing) {
            writer.forceMergeDeletes(false);
            // The next commit lets the former files go, once they are merged.
            erasing = false;
            changed = true;
        }
    }

    /** Makes all that was written be found. Any thread may call it. */
    void refresh() throws IOException {
        if (unseen) {
            unseen = false;
            searchers.maybeRefreshBlocking();
        }
    }

    /** Reads something of an index. */
    @FunctionalInterface
    interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    <T> T read(Reading<T> reading) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.from(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    /** Where the messages of some documents stand, in the same order. */
    static List<MessageAddress> addresses(IndexSearcher searcher, List<ScoreDoc> documents)
            throws IOException {
        List<MessageAddress> addresses = new ArrayList<>(documents.size());
        for (ScoreDoc document : documents) {
            var segments = searcher.getIndexReader().leaves();
            var segment = segments.get(ReaderUtil.subIndex(document.doc, segments));
            addresses.add(
                    new Fields.Addresses(segment.reader()).of(document.doc - segment.docBase));
        }
        return addresses;
    }

    /** Closes the index; what was not committed is lost. */
    @Override
    public void close() throws IOException {
        try {
            searchers.close();
        } finally {
            writer.rollback();
        }
    }
}
