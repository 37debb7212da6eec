package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetId;
import chat.chatto.core.asset.SealedFile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message inside a page: as readers see it, with its body still encrypted.
 *
 * @param sequence the last commit that changed it
 * @param sealedBody empty once the message is deleted, and as {@link Event.Post#sealedBody} is
 * @param idempotencyKey empty when the client gave none
 */
record Entry(
        long sequence,
        String messageId,
        UserId author,
        byte[] sealedBody,
        long createdAtMillis,
        OptionalLong editedAtMillis,
        OptionalLong deletedAtMillis,
        OptionalLong replyTo,
        List<Reaction> reactions,
        Optional<ThreadSummary> thread,
        String idempotencyKey,
        Mentions mentions,
        Optional<Echo> echo,
        Optional<Forward> forward,
        Optional<Pinned> pinned,
        List<SealedFile> attachments) {

    Entry {
        reactions = List.copyOf(reactions);
        attachments = List.copyOf(attachments);
    }

    static Entry of(Event.Post post, long sequence) {
        return new Entry(
                sequence,
                post.messageId(),
                post.actor(),
                post.sealedBody(),
                post.atMillis(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                post.replyTo(),
                List.of(),
                Optional.empty(),
                post.idempotencyKey(),
                post.mentions(),
                post.echo(),
                post.forward(),
                Optional.empty(),
                post.attachments());
    }

    boolean deleted() {
        return deletedAtMillis.isPresent();
    }

    /** The reply that this entry of a main line shows; empty for what is a message itself. */
    Optional<Echo.Of> shown() {
        return echo.isPresent() && echo.get() instanceof Echo.Of of
                ? Optional.of(of)
                : Optional.empty();
    }

    /** Bytes that its stored form will take, roughly and never much less. */
    int weight() {
        int weight = 120 + sealedBody.length + idempotencyKey.length();
        for (Reaction reaction : reactions) {
            weight += 16 + 16 * reaction.users().size();
        }
        weight += 16 * (mentions.users().size() + mentions.roles().size());
        if (forward.isPresent()) {
            weight += 60 + forward.get().sealedBody().length;
        }
        for (SealedFile attachment : attachments) {
            weight += attachment.weight();
        }
        return weight + thread.map(Entry::weight).orElse(0);
    }

    private static int weight(ThreadSummary thread) {
        int people =
                thread.participants().size()
                        + thread.followers().size()
                        + thread.unfollowed().size();
        return 16 + 16 * people;
    }

    Entry edited(Event.Edit edit, long commit) {
        if (deleted()) {
            return this;
        }
        var changed = new Change(this, commit);
        changed.sealedBody = edit.sealedBody();
        changed.mentions = edit.mentions();
        changed.editedAtMillis = OptionalLong.of(edit.atMillis());
        return changed.entry();
    }

    Entry deleted(Event.Delete delete, long commit) {
        if (deleted()) {
            return this;
        }
        var changed = new Change(this, commit);
        changed.sealedBody = Event.NOTHING;
        changed.mentions = Mentions.NONE;
        changed.forward = Optional.empty();
        changed.attachments = List.of();
        changed.pinned = Optional.empty();
        changed.reactions = List.of();
        changed.deletedAtMillis = OptionalLong.of(delete.atMillis());
        return changed.entry();
    }

    Entry reacted(Event.React react, long commit) {
        if (deleted() || reactedBy(react.actor(), react.emoji()) == react.added()) {
            return this;
        }
        List<Reaction> reacted = new ArrayList<>(reactions);
        int index = indexOf(react.emoji());
        if (index < 0) {
            reacted.add(new Reaction(react.emoji(), List.of(react.actor())));
        } else {
            List<UserId> users = new ArrayList<>(reacted.get(index).users());
            if (react.added()) {
                users.add(react.actor());
            } else {
                users.remove(react.actor());
            }
            if (users.isEmpty()) {
                reacted.remove(index);
            } else {
                reacted.set(index, new Reaction(react.emoji(), users));
            }
        }
        var changed = new Change(this, commit);
        changed.reactions = reacted;
        return changed.entry();
    }

    Entry pinned(Event.Pin pin, long commit) {
        if (deleted() || pinned.isPresent() == pin.pinned()) {
            return this;
        }
        var changed = new Change(this, commit);
        changed.pinned =
                pin.pinned()
                        ? Optional.of(new Pinned(Instant.ofEpochMilli(pin.atMillis()), pin.actor()))
                        : Optional.empty();
        return changed.entry();
    }

    Entry detached(Event.Detach detach, long commit) {
        AssetId gone = detach.attachment().id();
        if (attachment(gone).isEmpty()) {
            return this;
        }
        var changed = new Change(this, commit);
        changed.attachments = attachments.stream().filter(file -> !file.id().equals(gone)).toList();
        return changed.entry();
    }

    Optional<SealedFile> attachment(AssetId id) {
        return attachments.stream().filter(file -> file.id().equals(id)).findFirst();
    }

    /** The root of a thread after one more reply. */
    Entry replied(Event.Post reply, long commit) {
        return with(
                thread.map(summary -> summary.replied(reply))
                        .orElseGet(() -> ThreadSummary.begun(author, reply)),
                commit);
    }

    /** The root of a thread after somebody began or ceased to follow it. */
    Entry followed(Event.Follow follow, long commit) {
        return thread.map(
                        summary ->
                                with(summary.followed(follow.actor(), follow.following()), commit))
                .orElse(this);
    }

    private Entry with(ThreadSummary summary, long commit) {
        var changed = new Change(this, commit);
        changed.thread = Optional.of(summary);
        return changed.entry();
    }

    boolean reactedBy(UserId user, String emoji) {
        int index = indexOf(emoji);
        return index >= 0 && reactions.get(index).users().contains(user);
    }

    /** The next reply's ordinal in the thread under this message. */
    long replies() {
        return thread.map(ThreadSummary::replies).orElse(0L);
    }

    private int indexOf(String emoji) {
        for (int i = 0; i < reactions.size(); i++) {
            if (reactions.get(i).emoji().equals(emoji)) {
                return i;
            }
        }
        return -1;
    }

    /** What of an entry can change, to be changed by name. */
    private static final class Change {

        private final Entry former;
        private final long sequence;
        private byte[] sealedBody;
        private OptionalLong editedAtMillis;
        private OptionalLong deletedAtMillis;
        private List<Reaction> reactions;
        private Optional<ThreadSummary> thread;
        private Mentions mentions;
        private Optional<Forward> forward;
        private Optional<Pinned> pinned;
        private List<SealedFile> attachments;

        Change(Entry former, long sequence) {
            this.former = former;
            this.sequence = sequence;
            this.sealedBody = former.sealedBody;
            this.editedAtMillis = former.editedAtMillis;
            this.deletedAtMillis = former.deletedAtMillis;
            this.reactions = former.reactions;
            this.thread = former.thread;
            this.mentions = former.mentions;
            this.forward = former.forward;
            this.pinned = former.pinned;
            this.attachments = former.attachments;
        }

        Entry entry() {
            return new Entry(
                    sequence,
                    former.messageId,
                    former.author,
                    sealedBody,
                    former.createdAtMillis,
                    editedAtMillis,
                    deletedAtMillis,
                    former.replyTo,
                    reactions,
                    thread,
                    former.idempotencyKey,
                    mentions,
                    former.echo,
                    forward,
                    pinned,
                    attachments);
        }
    }
}
