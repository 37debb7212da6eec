package chat.chatto.core.room;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.StorageFailures;
import chat.chatto.core.account.UserId;
import chat.chatto.core.server.Records;
import chat.chatto.core.stored.v1.StoredTurn;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.ConflictException;
import chat.chatto.storage.KeyValueStore;
import chat.chatto.storage.KeyValueStore.Entry;
import chat.chatto.storage.KeyValueStore.Write;
import chat.chatto.storage.Storage;

import jakarta.inject.Inject;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes members of slow rooms wait between two messages, whichever server they write through: who writes takes a turn, which storage gives
 * out once in the room's time. Safe for use by many threads.
 */
public final class SlowMode {

    private static final int ATTEMPTS = 4;

    private final RoomDirectory directory;
    private final KeyValueStore turns;
    private final InstantSource clock;

    @Inject
    public SlowMode(Storage storage, RoomDirectory directory, InstantSource clock) {
        this.directory = directory;
        this.turns = storage.bucket(Bucket.SLOW_MODE);
        this.clock = clock;
    }

    /** The right to write one message now. */
    @FunctionalInterface
    public interface Turn {

        /** What a room without slow mode gives. */
        Turn FREE = () -> {};

        /** Gives it back: nothing was written after all. */
        void withdraw();
    }

    /**
     * Takes the person's turn to write into a room.
     *
     * @param attempt tells a retry of the same message, which needs no turn of its own; empty when it cannot be told
     * @throws ChattoException RATE_LIMITED with the time to wait, UNAVAILABLE
     */
    public Turn take(UserId user, RoomId room, Optional<String> attempt) {
        Duration pause = directory.require(room).slowMode();
        return pause.isZero()
                ? Turn.FREE
                : StorageFailures.translating(() -> take(key(room, user), pause, attempt));
    }

    /**
     * When a person may write into a room again; empty for now.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public Optional<Instant> nextTurn(UserId user, Room room) {
        if (room.slowMode().isZero()) {
            return Optional.empty();
        }
        return StorageFailures.translating(() -> turns.get(key(room.id(), user)))
                .map(entry -> free(turn(entry), room.slowMode()))
                .filter(clock.instant()::isBefore);
    }

    private Turn take(String key, Duration pause, Optional<String> attempt) {
        byte[] taken =
                StoredTurn.newBuilder()
                        .setFormat(FORMAT)
                        .setAtMillis(clock.millis())
                        .setIdempotencyKey(attempt.orElse(""))
                        .build()
                        .toByteArray();
        for (int tries = 0; tries < ATTEMPTS; tries++) {
            try {
                Optional<Entry> former = turns.get(key);
                if (former.isPresent() && repeats(former.get(), attempt)) {
                    return Turn.FREE;
                }
                former.ifPresent(entry -> checkWaited(entry, pause));
                long revision =
                        former.isPresent()
                                ? turns.update(key, taken, former.get().revision(), pause)
                                : turns.create(key, taken, pause);
                return () -> giveBack(key, revision);
            } catch (ConflictException _) {
                // The same person writes elsewhere at this moment: look again.
            }
        }
        throw tooSoon(pause, pause);
    }

    private void giveBack(String key, long revision) {
        try {
            StorageFailures.translating(
                    () -> turns.transact(List.of(new Write.Remove(key, revision))));
        } catch (ConflictException _) {
            // It ran out, and the person has another one.
        }
    }

    private void checkWaited(Entry former, Duration pause) {
        Duration left = Duration.between(clock.instant(), free(turn(former), pause));
        if (left.isPositive()) {
            throw tooSoon(pause, left);
        }
    }

    private static boolean repeats(Entry former, Optional<String> attempt) {
        return attempt.filter(turn(former).getIdempotencyKey()::equals).isPresent();
    }

    /** The room's pause as it is now counts, not as it was when the turn was taken. */
    private static Instant free(StoredTurn turn, Duration pause) {
        return Instant.ofEpochMilli(turn.getAtMillis()).plus(pause);
    }

    private static StoredTurn turn(Entry entry) {
        return Records.parse(StoredTurn.parser(), entry.value());
    }

    private static String key(RoomId room, UserId user) {
        return room.value() + "." + user.value();
    }

    private static ChattoException tooSoon(Duration pause, Duration left) {
        long seconds = left.plusMillis(999).toSeconds();
        return ChattoException.rateLimited(
                Duration.ofSeconds(Math.max(1, seconds)),
                "This room is in slow mode, with "
                        + pause.toSeconds()
                        + " s between two messages of a person: write again in "
                        + Math.max(1, seconds)
                        + " s");
    }
}
