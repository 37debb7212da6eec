package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A wish to change a room's timelines. Planning it against a draft adds its events, or finds that there is nothing to add, or
 * refuses with a {@link ChattoException}; it may be planned again against a newer state.
 */
sealed interface Operation {

    /** For how long authors may edit. */
    Duration EDIT_WINDOW = Duration.ofHours(3);

    /** Different emoji that one person may put under one message. */
    int REACTIONS_PER_USER = 20;

    /** Reactions of all people under one message together: keeps its stored form below the payload limit. */
    int REACTIONS_PER_MESSAGE = 20_000;

    /** What an operation came to, once its commit is stored. */
    record Outcome(MessageAddress address, long atMillis, boolean repeated) {}

    Outcome plan(Draft draft);

    /** Roughly the bytes that the operation adds to a commit. */
    int weight();

    /**
     * Posts a message whose body is encrypted already.
     *
     * @param unchanged whether a stored message holds the same body: tells a retry from another message with the same key
     */
    record Post(
            UserId author,
            TimelineId timeline,
            String messageId,
            byte[] sealedBody,
            OptionalLong replyTo,
            String idempotencyKey,
            SameBody unchanged)
            implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            long head =
                    draft.head(timeline)
                            .orElseThrow(
                                    () ->
                                            ChattoException.invalid(
                                                    "threadRoot",
                                                    "is "
                                                            + timeline.threadRoot().orElseThrow()
                                                            + ", but no message has that ordinal"));
            if (!idempotencyKey.isEmpty()) {
                OptionalLong earlier = draft.posted(timeline, author, idempotencyKey, head);
                if (earlier.isPresent()) {
                    return repeated(draft, new MessageAddress(timeline, earlier.getAsLong()));
                }
            }
            if (replyTo.isPresent() && replyTo.getAsLong() > head) {
                throw ChattoException.invalid(
                        "replyTo",
                        "is " + replyTo.getAsLong() + ", but no message has that ordinal");
            }
            var address = new MessageAddress(timeline, head + 1);
            draft.add(
                    new Event.Post(
                            address,
                            author,
                            draft.atMillis(),
                            messageId,
                            sealedBody,
                            replyTo,
                            idempotencyKey));
            return new Outcome(address, draft.atMillis(), false);
        }

        private Outcome repeated(Draft draft, MessageAddress address) {
            Entry entry = draft.entry(address).orElseThrow();
            boolean asPosted = entry.editedAtMillis().isEmpty() && !entry.deleted();
            if (asPosted && !unchanged.test(timeline.room(), entry)) {
                throw ChattoException.of(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "This idempotency key posted another message already: use a new key for a"
                                + " new message");
            }
            return new Outcome(address, entry.createdAtMillis(), true);
        }

        @Override
        public int weight() {
            return 120 + sealedBody.length;
        }
    }

    /** Compares the body to be posted with a stored one. */
    @FunctionalInterface
    interface SameBody {
        boolean test(RoomId room, Entry entry);
    }

    /**
     * Replaces a body.
     *
     * @param seal encrypts the new body for the message it turns out to be
     */
    record Edit(UserId actor, MessageAddress address, SealFor seal, int bodyBytes)
            implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            Entry entry = existing(draft, address);
            if (!entry.author().equals(actor)) {
                throw ChattoException.forbidden("Only its author may edit a message");
            }
            if (draft.atMillis() - entry.createdAtMillis() > EDIT_WINDOW.toMillis()) {
                throw ChattoException.of(
                        ErrorCode.EDIT_WINDOW_CLOSED,
                        "A message can be edited for "
                                + EDIT_WINDOW.toHours()
                                + " hours: post a correction instead");
            }
            draft.add(
                    new Event.Edit(address, actor, draft.atMillis(), seal.seal(entry.messageId())));
            return new Outcome(address, draft.atMillis(), false);
        }

        @Override
        public int weight() {
            return 80 + bodyBytes;
        }
    }

    /** Encrypts a body for a message. */
    @FunctionalInterface
    interface SealFor {
        byte[] seal(String messageId);
    }

    /**
     * Empties a message.
     *
     * @param moderator whether the actor may delete what others wrote
     */
    record Delete(UserId actor, MessageAddress address, boolean moderator) implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            Entry entry = draft.entry(address).orElseThrow(() -> noSuchMessage(address));
            if (!moderator && !entry.author().equals(actor)) {
                throw ChattoException.forbidden(
                        "Only its author or a moderator may delete a message");
            }
            if (!entry.deleted()) {
                draft.add(new Event.Delete(address, actor, draft.atMillis()));
            }
            return new Outcome(address, draft.atMillis(), entry.deleted());
        }

        @Override
        public int weight() {
            return 80;
        }
    }

    /** Adds or removes a reaction. */
    record React(UserId actor, MessageAddress address, String emoji, boolean present)
            implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            Entry entry = existing(draft, address);
            if (entry.reactedBy(actor, emoji) == present) {
                return new Outcome(address, draft.atMillis(), true);
            }
            if (present) {
                checkRoom(entry);
            }
            draft.add(new Event.React(address, actor, draft.atMillis(), emoji, present));
            return new Outcome(address, draft.atMillis(), false);
        }

        private void checkRoom(Entry entry) {
            long own =
                    entry.reactions().stream()
                            .filter(reaction -> reaction.users().contains(actor))
                            .count();
            long all =
                    entry.reactions().stream().mapToLong(reaction -> reaction.users().size()).sum();
            if (own >= REACTIONS_PER_USER || all >= REACTIONS_PER_MESSAGE) {
                throw ChattoException.invalid(
                        "emoji",
                        own >= REACTIONS_PER_USER
                                ? "is one too many: you have "
                                        + own
                                        + " reactions under this message, remove one first"
                                : "cannot be added: this message has all the reactions it can"
                                        + " hold");
            }
        }

        @Override
        public int weight() {
            return 100;
        }
    }

    /**
     * Adds nothing but a small commit that continues the chain, so that a large last commit of a room at rest can be purged.
     *
     * @param after only if the room's newest commit still is this one
     */
    record Checkpoint(RoomId room, long after) implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            draft.checkpoint(draft.tip().sequence() == after);
            return new Outcome(
                    new MessageAddress(TimelineId.main(room), 0), draft.atMillis(), false);
        }

        @Override
        public int weight() {
            return 0;
        }
    }

    private static Entry existing(Draft draft, MessageAddress address) {
        Optional<Entry> entry = draft.entry(address).filter(found -> !found.deleted());
        return entry.orElseThrow(() -> noSuchMessage(address));
    }

    /** The refusal for an ordinal without a message. */
    static ChattoException noSuchMessage(MessageAddress address) {
        return ChattoException.notFound(
                "There is no message " + address.ordinal() + " here, or it was deleted");
    }
}
