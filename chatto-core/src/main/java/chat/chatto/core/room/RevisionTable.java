package chat.chatto.core.room;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Remembers for each of some keys the revision of its latest change and whether it is in or out: 12 bytes for each slot of an open hash
 * table, where a HashMap needs 60, as a large server has millions of memberships. Nothing is ever taken out. Safe for use by many
 * threads.
 */
final class RevisionTable<K> {

    private static final int SMALLEST = 4;

    /** Linear probing; null is a free slot. */
    private @Nullable Object[] keys = new @Nullable Object[SMALLEST];

    /** The revision, negative for a key that is out. */
    private long[] revisions = new long[SMALLEST];

    private int used;
    private int in;

    /** What is known of a key. */
    record Row<K>(K key, long revision, boolean in) {}

    /** @return whether the key was in before */
    synchronized boolean put(K key, long revision, boolean nowIn) {
        int slot = slot(keys, key);
        boolean wasIn = revisions[slot] > 0;
        if (keys[slot] == null) {
            keys[slot] = key;
            used++;
        }
        revisions[slot] = nowIn ? revision : -revision;
        in += (nowIn ? 1 : 0) - (wasIn ? 1 : 0);
        if (used * 4 > keys.length * 3) {
            grow();
        }
        return wasIn;
    }

    synchronized boolean isIn(K key) {
        return revisions[slot(keys, key)] > 0;
    }

    /** How many keys are in. */
    synchronized int in() {
        return in;
    }

    /** All keys, in no order. */
    synchronized List<Row<K>> rows() {
        List<Row<K>> rows = new ArrayList<>(used);
        for (int slot = 0; slot < keys.length; slot++) {
            Object key = keys[slot];
            if (key != null) {
                @SuppressWarnings("unchecked") // Only keys of this type are put.
                K typed = (K) key;
                rows.add(new Row<>(typed, Math.abs(revisions[slot]), revisions[slot] > 0));
            }
        }
        return rows;
    }

    /** The keys that are in, in no order. */
    List<K> keysIn() {
        return rows().stream().filter(Row::in).map(Row::key).toList();
    }

    private void grow() {
        @Nullable Object[] largerKeys = new @Nullable Object[keys.length * 2];
        long[] largerRevisions = new long[keys.length * 2];
        for (int slot = 0; slot < keys.length; slot++) {
            Object key = keys[slot];
            if (key != null) {
                int target = slot(largerKeys, key);
                largerKeys[target] = key;
                largerRevisions[target] = revisions[slot];
            }
        }
        keys = largerKeys;
        revisions = largerRevisions;
    }

    /** Where the key is, or the free slot where it belongs; a quarter of the slots is always free. */
    private static int slot(@Nullable Object[] table, Object key) {
        int mask = table.length - 1;
        // Fibonacci hashing: spreads what String's hash leaves close together.
        int hash = key.hashCode() * 0x9E3779B9;
        int slot = (hash ^ (hash >>> 16)) & mask;
        while (true) {
            Object present = table[slot];
            if (present == null || present.equals(key)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }
}
