package chat.chatto.core.timeline;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.Claim;
import chat.chatto.core.asset.SealedFile;
import chat.chatto.core.room.RoomId;

import java.time.Duration;
import java.util.List;
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

    /**
     * What an operation came to, once its commit is stored.
     *
     * @param posted the message that it posted
     */
    record Outcome(
            MessageAddress address, long atMillis, boolean repeated, Optional<Event.Post> posted) {

        private static Outcome changed(MessageAddress address, Draft draft) {
            return new Outcome(address, draft.atMillis(), false, Optional.empty());
        }

        private static Outcome unchanged(MessageAddress address, Draft draft) {
            return new Outcome(address, draft.atMillis(), true, Optional.empty());
        }
    }

    Outcome plan(Draft draft);

    /** Roughly the bytes that the operation adds to a commit. */
    int weight();

    /**
     * Posts a message whose body is encrypted already.
     *
     * @param echoId the id of the main line's entry that shows a thread reply, too; empty for none
     * @param claim the files that it carries
     * @param unchanged whether a stored message says the same: tells a retry from another message with the same key
     * @param impossible why it cannot be posted now, unless an earlier attempt did; empty when it can
     */
    record Post(
            UserId author,
            TimelineId timeline,
            String messageId,
            byte[] sealedBody,
            OptionalLong replyTo,
            String idempotencyKey,
            Mentions mentions,
            Optional<String> echoId,
            Optional<Forward> forward,
            Claim claim,
            SameBody unchanged,
            Optional<ChattoException> impossible)
            implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            long head = draft.head(timeline).orElseThrow(this::noSuchRoot);
            if (timeline.isThread()) {
                checkRoot(draft.entry(timeline.root()).orElseThrow());
            }
            if (!idempotencyKey.isEmpty()) {
                OptionalLong earlier = draft.posted(timeline, author, idempotencyKey, head);
                if (earlier.isPresent()) {
                    return repeated(draft, new MessageAddress(timeline, earlier.getAsLong()));
                }
            }
            if (impossible.isPresent()) {
                throw impossible.get();
            }
            claim.check(draft.atMillis());
            if (replyTo.isPresent() && replyTo.getAsLong() > head) {
                throw ChattoException.invalid(
                        "replyTo",
                        "is " + replyTo.getAsLong() + ", but no message has that ordinal");
            }
            var address = new MessageAddress(timeline, head + 1);
            long echoAt = draft.head() + 1;
            var post =
                    new Event.Post(
                            address,
                            author,
                            draft.atMillis(),
                            messageId,
                            sealedBody,
                            replyTo,
                            idempotencyKey,
                            mentions,
                            echoId.map(_ -> new Echo.At(echoAt)),
                            forward,
                            claim.files());
            draft.add(post);
            echoId.ifPresent(id -> draft.add(Event.Post.echo(post, echoAt, id)));
            return new Outcome(address, draft.atMillis(), false, Optional.of(post));
        }

        private ChattoException noSuchRoot() {
            return ChattoException.invalid(
                    "threadRoot",
                    "is "
                            + timeline.threadRoot().orElseThrow()
                            + ", but no message has that ordinal");
        }

        private static void checkRoot(Entry root) {
            root.shown()
                    .ifPresent(
                            of -> {
                                throw ChattoException.invalid(
                                        "threadRoot",
                                        "is a reply itself, and replies have no threads: reply in"
                                                + " the thread of message "
                                                + of.root());
                            });
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
            return new Outcome(address, entry.createdAtMillis(), true, Optional.empty());
        }

        @Override
        public int weight() {
            return 120
                    + sealedBody.length
                    + forward.map(copy -> 60 + copy.sealedBody().length).orElse(0)
                    + claim.files().stream().mapToInt(SealedFile::weight).sum()
                    + (echoId.isPresent() ? 120 : 0);
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
     * @param bodyBytes roughly how long the body is, 0 for none
     */
    record Edit(
            UserId actor, MessageAddress address, SealFor seal, int bodyBytes, Mentions mentions)
            implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            MessageAddress target = target(draft, address);
            Entry entry = existing(draft, target);
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
            if (bodyBytes == 0 && entry.attachments().isEmpty()) {
                throw ChattoException.invalid(
                        "body",
                        "may be empty only where the message carries a file: delete the message"
                                + " instead");
            }
            byte[] sealed = bodyBytes == 0 ? Event.NOTHING : seal.seal(entry.messageId());
            draft.add(new Event.Edit(target, actor, draft.atMillis(), sealed, mentions));
            return Outcome.changed(address, draft);
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
            MessageAddress target = target(draft, address);
            Entry entry = draft.entry(target).orElseThrow(() -> noSuchMessage(target));
            if (!moderator && !entry.author().equals(actor)) {
                throw ChattoException.forbidden(
                        "Only its author or a moderator may delete a message");
            }
            if (entry.deleted()) {
                return Outcome.unchanged(address, draft);
            }
            draft.add(new Event.Delete(target, actor, draft.atMillis(), bare(entry)));
            return Outcome.changed(address, draft);
        }

        @Override
        public int weight() {
            return 80;
        }
    }

    /**
     * Takes a file out of a message; a message that is nothing but this file is emptied.
     *
     * @param moderator whether the actor may delete what others wrote
     */
    record Detach(UserId actor, MessageAddress address, AssetId attachment, boolean moderator)
            implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            MessageAddress target = target(draft, address);
            Entry entry = existing(draft, target);
            if (!moderator && !entry.author().equals(actor)) {
                throw ChattoException.forbidden(
                        "Only its author or a moderator may remove a message's file");
            }
            SealedFile file =
                    entry.attachment(attachment)
                            .orElseThrow(
                                    () ->
                                            ChattoException.notFound(
                                                    "This message carries no such file"));
            boolean nothingElse =
                    entry.attachments().size() == 1
                            && entry.sealedBody().length == 0
                            && entry.forward().isEmpty();
            draft.add(
                    nothingElse
                            ? new Event.Delete(target, actor, draft.atMillis(), bare(entry))
                            : new Event.Detach(
                                    target, actor, draft.atMillis(), file.withoutDescription()));
            return Outcome.changed(address, draft);
        }

        @Override
        public int weight() {
            return 160;
        }
    }

    private static List<SealedFile> bare(Entry entry) {
        return entry.attachments().stream().map(SealedFile::withoutDescription).toList();
    }

    /** Adds or removes a reaction. */
    record React(UserId actor, MessageAddress address, String emoji, boolean present)
            implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            MessageAddress target = target(draft, address);
            Entry entry = existing(draft, target);
            if (entry.reactedBy(actor, emoji) == present) {
                return Outcome.unchanged(address, draft);
            }
            if (present) {
                checkRoom(entry);
            }
            draft.add(new Event.React(target, actor, draft.atMillis(), emoji, present));
            return Outcome.changed(address, draft);
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

    /** Pins a message to its room, or takes the pin away. */
    record Pin(UserId actor, MessageAddress address, boolean pinned) implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            MessageAddress target = target(draft, address);
            Entry entry = existing(draft, target);
            if (entry.pinned().isPresent() == pinned) {
                return Outcome.unchanged(address, draft);
            }
            if (pinned && draft.pins().pins().size() >= PinBoard.MOST) {
                throw ChattoException.of(
                        ErrorCode.CONFLICT,
                        "A room can have "
                                + PinBoard.MOST
                                + " pinned messages: take a pin away first");
            }
            draft.add(new Event.Pin(target, actor, draft.atMillis(), pinned));
            return Outcome.changed(address, draft);
        }

        @Override
        public int weight() {
            return 80;
        }
    }

    /**
     * Begins or ceases to follow a thread.
     *
     * @param root of the thread
     */
    record Follow(UserId actor, MessageAddress root, boolean following) implements Operation {

        @Override
        public Outcome plan(Draft draft) {
            ThreadSummary thread =
                    draft.entry(root)
                            .orElseThrow(() -> noSuchMessage(root))
                            .thread()
                            .orElseThrow(this::noThread);
            if (thread.remembers(actor, following)) {
                return Outcome.unchanged(root, draft);
            }
            if (thread.full() && !thread.remembers(actor, !following)) {
                throw ChattoException.of(
                        ErrorCode.CONFLICT,
                        "This thread has all the followers it can have: "
                                + ThreadSummary.FOLLOWERS);
            }
            draft.add(new Event.Follow(root, actor, draft.atMillis(), following));
            return Outcome.changed(root, draft);
        }

        private ChattoException noThread() {
            return ChattoException.notFound(
                    "Nobody has replied to message "
                            + root.ordinal()
                            + " in a thread yet: there is nothing to follow");
        }

        @Override
        public int weight() {
            return 80;
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
            return Outcome.changed(new MessageAddress(TimelineId.main(room), 0), draft);
        }

        @Override
        public int weight() {
            return 0;
        }
    }

    /** The message that an address means: for an entry that shows a thread reply, the reply. */
    private static MessageAddress target(Draft draft, MessageAddress address) {
        return draft.entry(address)
                .flatMap(Entry::shown)
                .map(of -> ShownReplies.address(address.timeline().room(), of))
                .orElse(address);
    }

    private static Entry existing(Draft draft, MessageAddress address) {
        Entry entry = draft.entry(address).orElseThrow(() -> noSuchMessage(address));
        if (entry.deleted()) {
            throw ChattoException.notFound(
                    "Message " + address.ordinal() + " was deleted: it cannot be changed any more");
        }
        return entry;
    }

    /** The refusal for an ordinal without a message. */
    static ChattoException noSuchMessage(MessageAddress address) {
        return ChattoException.notFound("There is no message " + address.ordinal() + " here");
    }
}
