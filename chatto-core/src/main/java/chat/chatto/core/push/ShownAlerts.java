package chat.chatto.core.push;

import chat.chatto.core.account.UserId;
import chat.chatto.core.notification.AttentionEvent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What devices show, as far as this server brought it there, so that it can be taken away when it was read. Safe for use by many threads. */
final class ShownAlerts {

    private static final int PEOPLE = 10_000;
    private static final int PER_PERSON = 64;
    private static final Duration REMEMBERED = Duration.ofHours(12);

    private final Cache<UserId, List<Shown>> shown =
            Caffeine.newBuilder().maximumSize(PEOPLE).expireAfterWrite(REMEMBERED).build();

    /** One alert on one device. */
    record Shown(AttentionEvent.Notified notified, String tag, Device device) {}

    void add(Shown one) {
        shown.asMap()
                .compute(
                        one.notified().user(),
                        (_, former) -> {
                            List<Shown> all =
                                    former == null ? new ArrayList<>() : new ArrayList<>(former);
                            if (all.size() == PER_PERSON) {
                                all.removeFirst();
                            }
                            all.add(one);
                            return List.copyOf(all);
                        });
    }

    List<Shown> of(UserId user) {
        List<Shown> all = shown.getIfPresent(user);
        return all == null ? List.of() : all;
    }

    /** Forgets one. @return whether it was still there: then it is the caller's to take away */
    boolean remove(Shown one) {
        boolean[] removed = {false};
        shown.asMap()
                .computeIfPresent(
                        one.notified().user(),
                        (_, former) -> {
                            List<Shown> all = new ArrayList<>(former);
                            removed[0] = all.remove(one);
                            return all.isEmpty() ? null : List.copyOf(all);
                        });
        return removed[0];
    }
}
