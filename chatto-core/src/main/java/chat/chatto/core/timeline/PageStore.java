package chat.chatto.core.timeline;

import chat.chatto.core.stored.v1.StoredEntry;
import chat.chatto.core.stored.v1.StoredPage;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;

import com.google.protobuf.InvalidProtocolBufferException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads and writes page documents. Entries of a page that would grow beyond {@link #spillBytes} go into documents of their own,
 * the largest first; such a document never changes, its key names the commit that made it. Safe for use by many threads.
 */
final class PageStore {

    private final KeyValueStore documents;
    private final int spillBytes;

    /**
     * @param spillBytes the largest page document; at most what {@code documents} accepts
     */
    PageStore(KeyValueStore documents, int spillBytes) {
        this.documents = documents;
        this.spillBytes = spillBytes;
    }

    /**
     * Reads a page; one without a document is empty.
     *
     * @throws DamagedException when the document cannot be read or a part of it is missing
     */
    KnownPage load(PageKey key) {
        // A spilled document may be replaced between the two reads; the page's own document then is
        // a newer one, too.
        for (int attempt = 1; ; attempt++) {
            Optional<KeyValueStore.Entry> document = documents.get(key.documentKey());
            if (document.isEmpty()) {
                return KnownPage.absent(key);
            }
            Optional<KnownPage> page = decode(key, document.get());
            if (page.isPresent()) {
                return page.get();
            }
            if (attempt == 3) {
                throw new DamagedException(
                        "Page " + key.documentKey() + " refers to a part that is missing");
            }
        }
    }

    /**
     * Writes a page if its document did not change since it was read, and removes parts that it no longer needs.
     *
     * @return the page with its document's new revision
     * @throws ConflictException when another server wrote the document
     */
    KnownPage store(KnownPage known) {
        Page page = known.page();
        Map<Long, Long> spilled = spill(page);
        var document =
                StoredPage.newBuilder()
                        .setFormat(PageCodec.FORMAT)
                        .setAppliedSequence(page.appliedSequence())
                        .setAppliedHash(PageCodec.hash(page));
        for (int slot = 0; slot < page.entries().size(); slot++) {
            long ordinal = page.key().firstOrdinal() + slot;
            Entry entry = page.entries().get(slot);
            if (spilled.containsKey(ordinal)) {
                String part = page.key().spillKey(ordinal, entry.sequence());
                if (!spilled.get(ordinal).equals(known.spilled().get(ordinal))) {
                    documents.put(part, PageCodec.encode(entry).toByteArray());
                }
                document.addEntries(PageCodec.reference(entry));
            } else {
                document.addEntries(PageCodec.encode(entry));
            }
        }
        byte[] content = document.build().toByteArray();
        long revision =
                known.revision() == 0
                        ? documents.create(page.key().documentKey(), content)
                        : documents.update(page.key().documentKey(), content, known.revision());
        known.spilled()
                .forEach(
                        (ordinal, sequence) -> {
                            if (!sequence.equals(spilled.get(ordinal))) {
                                documents.remove(page.key().spillKey(ordinal, sequence));
                            }
                        });
        return new KnownPage(page, revision, page.appliedSequence(), spilled);
    }

    /** Chooses the entries that need documents of their own: ordinal to the commit that last changed them. */
    private Map<Long, Long> spill(Page page) {
        int size = page.weight();
        if (size <= spillBytes) {
            return Map.of();
        }
        List<Integer> largestFirst =
                new ArrayList<>(IntStream.range(0, page.entries().size()).boxed().toList());
        largestFirst.sort(
                Comparator.comparingInt((Integer slot) -> page.entries().get(slot).weight())
                        .reversed());
        Set<Integer> chosen = new HashSet<>();
        for (int slot : largestFirst) {
            if (size <= spillBytes) {
                break;
            }
            size -= page.entries().get(slot).weight();
            chosen.add(slot);
        }
        Map<Long, Long> spilled = new HashMap<>();
        chosen.forEach(
                slot ->
                        spilled.put(
                                page.key().firstOrdinal() + slot,
                                page.entries().get(slot).sequence()));
        return spilled;
    }

    /** @return empty when a part is missing */
    private Optional<KnownPage> decode(PageKey key, KeyValueStore.Entry document) {
        StoredPage stored = parse(key, document.value());
        List<Entry> entries = new ArrayList<>(stored.getEntriesCount());
        Map<Long, Long> spilled = new HashMap<>();
        for (StoredEntry entry : stored.getEntriesList()) {
            if (!entry.getSpilled()) {
                entries.add(PageCodec.decode(entry));
                continue;
            }
            long ordinal = key.firstOrdinal() + entries.size();
            Optional<KeyValueStore.Entry> part =
                    documents.get(key.spillKey(ordinal, entry.getSequence()));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            entries.add(PageCodec.decode(parseEntry(key, part.get().value())));
            spilled.put(ordinal, entry.getSequence());
        }
        var page =
                new Page(
                        key,
                        stored.getAppliedSequence(),
                        ChainHash.of(stored.getAppliedHash().toByteArray()),
                        entries);
        return Optional.of(
                new KnownPage(page, document.revision(), page.appliedSequence(), spilled));
    }

    private static StoredPage parse(PageKey key, byte[] content) {
        StoredPage stored;
        try {
            stored = StoredPage.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedException("Page " + key.documentKey() + " cannot be read", e);
        }
        if (stored.getFormat() != PageCodec.FORMAT) {
            throw new DamagedException(
                    "Page "
                            + key.documentKey()
                            + " has the unknown format "
                            + stored.getFormat()
                            + "; was it written by a newer Chatto?");
        }
        return stored;
    }

    private static StoredEntry parseEntry(PageKey key, byte[] content) {
        try {
            return StoredEntry.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedException(
                    "A part of page " + key.documentKey() + " cannot be read", e);
        }
    }
}
