package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message inside a page: as readers see it, with its body still encrypted.
 *
 * @param sequence the last commit that changed it
 * @param sealedBody empty once the message is deleted
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
        String idempotencyKey) {

    /** How many people of a thread its root names. */
    static final int PARTICIPANTS = 50;

    private static final byte[] NOTHING = {};

    Entry {
        reactions = List.copyOf(reactions);
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
                post.idempotencyKey());
    }

    boolean deleted() {
        return deletedAtMillis.isPresent();
    }

    /** Bytes that its stored form will take, roughly and never much less. */
    int weight() {
        int weight = 120 + sealedBody.length + idempotencyKey.length();
        for (Reaction reaction : reactions) {
            weight += 16 + 16 * reaction.users().size();
        }
        return weight + thread.map(summary -> 16 + 16 * summary.participants().size()).orElse(0);
    }

    Entry edited(Event.Edit edit, long commit) {
        return deleted()
                ? this
                : with(
                        commit,
                        edit.sealedBody(),
                        OptionalLong.of(edit.atMillis()),
                        deletedAtMillis,
                        reactions,
                        thread);
    }

    Entry deleted(Event.Delete delete, long commit) {
        return deleted()
                ? this
                : with(
                        commit,
                        NOTHING,
                        editedAtMillis,
                        OptionalLong.of(delete.atMillis()),
                        List.of(),
                        thread);
    }

    Entry reacted(Event.React react, long commit) {
        if (deleted() || reactedBy(react.actor(), react.emoji()) == react.added()) {
            return this;
        }
        List<Reaction> changed = new ArrayList<>(reactions);
        int index = indexOf(react.emoji());
        if (index < 0) {
            changed.add(new Reaction(react.emoji(), List.of(react.actor())));
        } else {
            List<UserId> users = new ArrayList<>(changed.get(index).users());
            if (react.added()) {
                users.add(react.actor());
            } else {
                users.remove(react.actor());
            }
            if (users.isEmpty()) {
                changed.remove(index);
            } else {
                changed.set(index, new Reaction(react.emoji(), users));
            }
        }
        return with(commit, sealedBody, editedAtMillis, deletedAtMillis, changed, thread);
    }

    /** The root of a thread after one more reply. */
    Entry replied(Event.Post reply, long commit) {
        List<UserId> participants =
                new ArrayList<>(thread.map(ThreadSummary::participants).orElse(List.of()));
        if (participants.size() < PARTICIPANTS && !participants.contains(reply.actor())) {
            participants.add(reply.actor());
        }
        var summary =
                new ThreadSummary(
                        reply.address().ordinal() + 1,
                        Instant.ofEpochMilli(reply.atMillis()),
                        participants);
        return with(
                commit,
                sealedBody,
                editedAtMillis,
                deletedAtMillis,
                reactions,
                Optional.of(summary));
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

    private Entry with(
            long commit,
            byte[] body,
            OptionalLong edited,
            OptionalLong deleted,
            List<Reaction> newReactions,
            Optional<ThreadSummary> newThread) {
        return new Entry(
                commit,
                messageId,
                author,
                body,
                createdAtMillis,
                edited,
                deleted,
                replyTo,
                newReactions,
                newThread,
                idempotencyKey);
    }
}
