package chat.chatto.core.personal;

import static chat.chatto.core.server.Records.FORMAT;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Listeners;
import chat.chatto.core.Slice;
import chat.chatto.core.account.UserId;
import chat.chatto.core.readstate.PersonalBucket;
import chat.chatto.core.stored.v1.StoredLine;
import chat.chatto.core.stored.v1.StoredSavedMessage;
import chat.chatto.core.stored.v1.StoredSavedMessages;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.Timelines;

import jakarta.inject.Inject;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The messages that people want to find again: where they stand, not what they say, so that edits, deletions and lost access show. Safe for
 * use by many threads.
 */
public final class SavedMessages {

    /** The most messages that a person can have saved. */
    public static final int MOST = 1_000;

    /** The most messages that one part of the list can hold. */
    public static final int LIMIT = 100;

    private final Document<StoredSavedMessages> documents;
    private final Timelines timelines;
    private final InstantSource clock;
    private final Listeners<SavedChange> listeners = new Listeners<>();

    @Inject
    public SavedMessages(PersonalBucket bucket, Timelines timelines, InstantSource clock) {
        this.documents =
                new Document<>(
                        bucket,
                        "saved",
                        StoredSavedMessages.parser(),
                        StoredSavedMessages.getDefaultInstance());
        this.timelines = timelines;
        this.clock = clock;
        documents.follow(this::changed);
    }

    /** Where all that a person saved stands, the latest first. */
    public List<MessageAddress> all(UserId user) {
        return documents.read(user).getMessagesList().reversed().stream()
                .map(SavedMessages::address)
                .toList();
    }

    /**
     * A part of what a person saved, the latest first; what they may no longer read is left out.
     *
     * @param limit 1 to {@value #LIMIT}
     * @param cursor of the former part
     * @throws ChattoException INVALID for a cursor of another list, UNAVAILABLE
     */
    public Slice<Message> page(UserId user, int limit, Optional<String> cursor) {
        long before = cursor.map(SavedMessages::number).orElse(Long.MAX_VALUE);
        List<Message> found = new ArrayList<>();
        for (StoredSavedMessage saved : documents.read(user).getMessagesList().reversed()) {
            if (saved.getNumber() >= before) {
                continue;
            }
            if (found.size() == limit) {
                return new Slice<>(found, Optional.of(Long.toString(before)));
            }
            readable(user, address(saved)).ifPresent(found::add);
            before = saved.getNumber();
        }
        return new Slice<>(found, Optional.empty());
    }

    /**
     * Saves a message; nothing happens when it is saved already.
     *
     * @throws ChattoException NOT_FOUND, FORBIDDEN, CONFLICT when {@value #MOST} are saved already, UNAVAILABLE
     */
    public void save(UserId user, MessageAddress message) {
        timelines.message(user, message);
        documents.change(
                user,
                former -> {
                    if (find(former, message).isPresent()) {
                        return former;
                    }
                    if (former.getMessagesCount() >= MOST) {
                        throw ChattoException.of(
                                ErrorCode.CONFLICT,
                                MOST + " messages are saved, and no more can be: remove one first");
                    }
                    return changing(former, message)
                            .addMessages(
                                    StoredSavedMessage.newBuilder()
                                            .setLine(Lines.stored(message.timeline()))
                                            .setOrdinal(message.ordinal())
                                            .setSavedAtMillis(clock.millis())
                                            .setNumber(nextNumber(former)))
                            .build();
                });
    }

    /**
     * Removes a message from those that are saved; nothing happens when it is not.
     *
     * @throws ChattoException UNAVAILABLE
     */
    public void remove(UserId user, MessageAddress message) {
        documents.change(
                user,
                former ->
                        find(former, message)
                                .map(
                                        index ->
                                                changing(former, message)
                                                        .removeMessages(index)
                                                        .build())
                                .orElse(former));
    }

    /**
     * Registers for changes on all servers, on one thread that must not be kept for long.
     *
     * @return ends the registration
     */
    public Runnable onChange(Consumer<SavedChange> listener) {
        return listeners.add(listener);
    }

    private Optional<Message> readable(UserId user, MessageAddress message) {
        try {
            return Optional.of(timelines.message(user, message));
        } catch (ChattoException e) {
            return switch (e.code()) {
                case FORBIDDEN, NOT_FOUND, HISTORY_DAMAGED -> Optional.empty();
                default -> throw e;
            };
        }
    }

    private void changed(UserId user, StoredSavedMessages messages) {
        StoredLine line = messages.getChangedLine();
        var message = new MessageAddress(Lines.timeline(line), messages.getChangedOrdinal());
        listeners.tell(new SavedChange(user, message, find(messages, message).isPresent()));
    }

    private static StoredSavedMessages.Builder changing(
            StoredSavedMessages former, MessageAddress message) {
        return former.toBuilder()
                .setFormat(FORMAT)
                .setChangedLine(Lines.stored(message.timeline()))
                .setChangedOrdinal(message.ordinal());
    }

    private static Optional<Integer> find(StoredSavedMessages messages, MessageAddress message) {
        for (int i = 0; i < messages.getMessagesCount(); i++) {
            if (address(messages.getMessages(i)).equals(message)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static long nextNumber(StoredSavedMessages messages) {
        int count = messages.getMessagesCount();
        return count == 0 ? 1 : messages.getMessages(count - 1).getNumber() + 1;
    }

    private static MessageAddress address(StoredSavedMessage saved) {
        return new MessageAddress(Lines.timeline(saved.getLine()), saved.getOrdinal());
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw ChattoException.invalid("cursor", "must be the nextCursor of the former part");
        }
    }
}
