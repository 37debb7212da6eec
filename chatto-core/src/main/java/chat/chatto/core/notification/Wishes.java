package chat.chatto.core.notification;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.Projection;
import chat.chatto.core.server.Records;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.core.stored.v1.StoredNotificationSettings;
import chat.chatto.core.timeline.TimelineAccess;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore.Change;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;

import jakarta.inject.Inject;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What people want to be notified of; all of it is in memory on every server. Safe for use by many threads. */
public final class Wishes implements Projection {

    private static final String KIND = "notify";
    private static final int ATTEMPTS = 8;

    private final ServerBucket server;
    private final UserDirectory users;
    private final TimelineAccess access;
    private final Map<UserId, NotificationSettings> settings = new ConcurrentHashMap<>();
    private final Set<UserId> everywhere = ConcurrentHashMap.newKeySet();
    private final Map<RoomId, Set<UserId>> watchers = new ConcurrentHashMap<>();

    @Inject
    public Wishes(ServerBucket server, UserDirectory users, TimelineAccess access) {
        this.server = server;
        this.users = users;
        this.access = access;
        server.register(KIND, this);
    }

    /** What a person wants, from memory. */
    public NotificationSettings of(UserId user) {
        return settings.getOrDefault(user, NotificationSettings.NONE);
    }

    /**
     * Changes a person's wishes for the whole server.
     *
     * @param wishes of some causes; an empty one returns to what is usual
     * @throws ChattoException UNAVAILABLE, CONFLICT
     */
    public NotificationSettings change(
            UserId user, Map<Cause, Optional<Mode>> wishes, Optional<DoNotDisturb> doNotDisturb) {
        return change(
                user,
                former ->
                        former.with(
                                changed(former.server(), wishes),
                                doNotDisturb.orElse(former.doNotDisturb())));
    }

    /**
     * Changes a person's wishes for a room, by its main line, or for a thread.
     *
     * @param wishes of some causes; an empty one inherits
     * @throws ChattoException NOT_FOUND, FORBIDDEN for who may not read it, INVALID for too many rooms and threads, UNAVAILABLE, CONFLICT
     */
    public NotificationSettings change(
            UserId user, TimelineId timeline, Map<Cause, Optional<Mode>> wishes) {
        access.checkRead(user, timeline.room());
        return change(
                user,
                former -> {
                    NotificationSettings changed =
                            former.with(timeline, changed(former.wishes(timeline), wishes));
                    if (changed.timelines().size() > NotificationSettings.TIMELINES) {
                        throw ChattoException.invalid(
                                "room",
                                "is one too many: settings are kept for "
                                        + NotificationSettings.TIMELINES
                                        + " rooms and threads, let another one inherit first");
                    }
                    return changed;
                });
    }

    /** Whoever may wish for every message of a room. */
    Collection<UserId> watchers(RoomId room) {
        Set<UserId> here = watchers.getOrDefault(room, Set.of());
        if (everywhere.isEmpty()) {
            return here;
        }
        Set<UserId> all = new HashSet<>(everywhere);
        all.addAll(here);
        return all;
    }

    private static Map<Cause, Mode> changed(
            Map<Cause, Mode> former, Map<Cause, Optional<Mode>> wishes) {
        Map<Cause, Mode> changed = new EnumMap<>(Cause.class);
        changed.putAll(former);
        wishes.forEach(
                (cause, mode) ->
                        mode.ifPresentOrElse(
                                present -> changed.put(cause, present),
                                () -> changed.remove(cause)));
        return changed;
    }

    private NotificationSettings change(UserId user, UnaryOperator<NotificationSettings> change) {
        String key = ServerBucket.entity(KIND, user.value());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = server.read(key);
            NotificationSettings former =
                    entry.map(present -> read(present.value())).orElse(NotificationSettings.NONE);
            NotificationSettings changed = change.apply(former);
            byte[] value = NotificationCodec.encode(changed).toByteArray();
            try {
                server.transact(
                        List.of(
                                entry.<Write>map(
                                                present ->
                                                        new Write.Update(
                                                                key, value, present.revision()))
                                        .orElseGet(() -> new Write.Create(key, value))));
                return changed;
            } catch (ConflictException _) {
                // Another device changed something: look again.
            }
        }
        throw ChattoException.of(
                ErrorCode.CONFLICT, "The settings are being changed by other devices");
    }

    @Override
    public void apply(Change change, boolean live) {
        UserId user = users.intern(new UserId(ServerBucket.id(change.key())));
        NotificationSettings now =
                change instanceof Change.Put put ? read(put.value()) : NotificationSettings.NONE;
        NotificationSettings former = of(user);
        settings.put(user, now);
        if (now.followsRooms()) {
            everywhere.add(user);
        } else {
            everywhere.remove(user);
        }
        former.timelines().keySet().forEach(timeline -> watch(user, timeline.room(), now));
        now.timelines().keySet().forEach(timeline -> watch(user, timeline.room(), now));
    }

    private void watch(UserId user, RoomId room, NotificationSettings now) {
        if (now.follows(room)) {
            watchers.computeIfAbsent(room, _ -> ConcurrentHashMap.newKeySet()).add(user);
        } else {
            watchers.computeIfPresent(
                    room,
                    (_, watching) -> {
                        watching.remove(user);
                        return watching.isEmpty() ? null : watching;
                    });
        }
    }

    private static NotificationSettings read(byte[] value) {
        return NotificationCodec.decode(Records.parse(StoredNotificationSettings.parser(), value));
    }
}
