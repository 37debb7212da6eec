package chat.chatto.core.presence;

import chat.chatto.core.Listeners;
import chat.chatto.core.account.UserId;
import chat.chatto.core.live.v1.LiveTyping;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.server.Records;
import chat.chatto.storage.Broadcast;
import chat.chatto.storage.Storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tells all servers who is writing. Safe for use by many threads. */
public final class Typing implements AutoCloseable {

    /** More signals of one person in one place are left out. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Typing.class);
    private static final String CHANNEL = "typing.";
    private static final int REMEMBERED = 50_000;

    private final Broadcast broadcast;
    private final RoomAccess access;
    private final Cache<TypingSignal, Boolean> recent;
    private final Listeners<TypingSignal> listeners = new Listeners<>();

    private volatile Broadcast.@Nullable Subscription subscription;

    @Inject
    public Typing(Storage storage, RoomAccess access, InstantSource clock) {
        this.broadcast = storage.broadcast();
        this.access = access;
        this.recent =
                Caffeine.newBuilder()
                        .maximumSize(REMEMBERED)
                        .expireAfterWrite(PAUSE)
                        .ticker(() -> clock.millis() * 1_000_000)
                        .build();
    }

    /** Begins to listen. */
    public void start() {
        subscription = broadcast.listen(CHANNEL + "*", this::received);
    }

    /**
     * Tells the others in a room that somebody is writing; too many signals, and those sent while storage is away, are lost.
     *
     * @param threadRoot the ordinal of the thread's root; empty for the main line
     * @throws chat.chatto.core.ChattoException NOT_FOUND, FORBIDDEN for who may not read the room
     */
    public void signal(UserId user, RoomId room, OptionalLong threadRoot) {
        access.checkRead(user, room);
        TypingSignal signal = new TypingSignal(user, room, threadRoot);
        if (recent.asMap().putIfAbsent(signal, true) == null) {
            broadcast.send(CHANNEL + room.value(), encode(signal));
        }
    }

    /** Registers for signals of all servers, this one included, on one thread. @return ends the registration */
    public Runnable onSignal(Consumer<TypingSignal> listener) {
        return listeners.add(listener);
    }

    @Override
    public void close() {
        Broadcast.Subscription listening = subscription;
        if (listening != null) {
            listening.close();
        }
    }

    private void received(Broadcast.Message message) {
        TypingSignal signal;
        try {
            signal = decode(message);
        } catch (IllegalArgumentException | IllegalStateException e) {
            log.warn("Left out a signal nobody understands on {}", message.channel(), e);
            return;
        }
        listeners.tell(signal);
    }

    private static byte[] encode(TypingSignal signal) {
        LiveTyping.Builder typing = LiveTyping.newBuilder().setUser(signal.user().value());
        signal.threadRoot().ifPresent(typing::setThreadRoot);
        return typing.build().toByteArray();
    }

    private static TypingSignal decode(Broadcast.Message message) {
        LiveTyping typing = Records.parse(LiveTyping.parser(), message.content());
        return new TypingSignal(
                new UserId(typing.getUser()),
                new RoomId(message.channel().substring(CHANNEL.length())),
                typing.hasThreadRoot()
                        ? OptionalLong.of(typing.getThreadRoot())
                        : OptionalLong.empty());
    }
}
