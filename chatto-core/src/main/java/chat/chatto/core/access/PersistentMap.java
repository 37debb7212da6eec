package chat.chatto.core.access;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * An immutable map. A changed copy shares all but some hundred references with the former one, so that a server with a hundred thousand rooms
 * can change what holds in one of them, and can be filled one change after the other when it starts.
 */
final class PersistentMap<K, V> {

    private static final int BITS = 6;

    /** How many groups there are, and parts in each. */
    private static final int WIDTH = 1 << BITS;

    /** Each is empty or an array of parts, which are maps. */
    private final @Nullable Object[] @Nullable [] groups;

    private PersistentMap(@Nullable Object[] @Nullable [] groups) {
        this.groups = groups;
    }

    static <K, V> PersistentMap<K, V> empty() {
        return new PersistentMap<>(new @Nullable Object[WIDTH] @Nullable []);
    }

    Optional<V> get(K key) {
        Map<K, V> part = part(index(key));
        return part == null ? Optional.empty() : Optional.ofNullable(part.get(key));
    }

    V getOrDefault(K key, V otherwise) {
        Map<K, V> part = part(index(key));
        return part == null ? otherwise : part.getOrDefault(key, otherwise);
    }

    boolean containsKey(K key) {
        Map<K, V> part = part(index(key));
        return part != null && part.containsKey(key);
    }

    void forEach(BiConsumer<K, V> consumer) {
        for (int index = 0; index < WIDTH * WIDTH; index++) {
            Map<K, V> part = part(index);
            if (part != null) {
                part.forEach(consumer);
            }
        }
    }

    PersistentMap<K, V> with(K key, V value) {
        int index = index(key);
        Map<K, V> former = part(index);
        Map<K, V> changed = former == null ? new HashMap<>(2) : new HashMap<>(former);
        changed.put(key, value);
        return replacing(index, changed);
    }

    PersistentMap<K, V> without(K key) {
        int index = index(key);
        Map<K, V> former = part(index);
        if (former == null || !former.containsKey(key)) {
            return this;
        }
        Map<K, V> changed = new HashMap<>(former);
        changed.remove(key);
        return replacing(index, changed);
    }

    private PersistentMap<K, V> replacing(int index, Map<K, V> part) {
        @Nullable Object[] @Nullable [] changed = groups.clone();
        @Nullable Object[] former = groups[index >>> BITS];
        @Nullable Object[] group = former == null ? new @Nullable Object[WIDTH] : former.clone();
        group[index % WIDTH] = part;
        changed[index >>> BITS] = group;
        return new PersistentMap<>(changed);
    }

    @SuppressWarnings("unchecked") // Only such maps are put.
    private @Nullable Map<K, V> part(int index) {
        @Nullable Object[] group = groups[index >>> BITS];
        return group == null ? null : (Map<K, V>) group[index % WIDTH];
    }

    private static int index(Object key) {
        // Fibonacci hashing: spreads what String's hash leaves close together.
        return (key.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - 2 * BITS);
    }
}
