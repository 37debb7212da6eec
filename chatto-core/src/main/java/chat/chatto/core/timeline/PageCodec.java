package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.stored.v1.StoredEntry;
import chat.chatto.core.stored.v1.StoredPage;
import chat.chatto.core.stored.v1.StoredReaction;
import chat.chatto.core.stored.v1.StoredThread;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The stored form of a page's entries. Stateless. */
final class PageCodec {

    static final int FORMAT = 1;

    private PageCodec() {}

    static StoredEntry encode(Entry entry) {
        var stored =
                StoredEntry.newBuilder()
                        .setSequence(entry.sequence())
                        .setMessageId(entry.messageId())
                        .setAuthor(entry.author().value())
                        .setSealedBody(UnsafeByteOperations.unsafeWrap(entry.sealedBody()))
                        .setCreatedAtMillis(entry.createdAtMillis())
                        .setIdempotencyKey(entry.idempotencyKey());
        entry.editedAtMillis().ifPresent(stored::setEditedAtMillis);
        entry.deletedAtMillis().ifPresent(stored::setDeletedAtMillis);
        entry.replyTo().ifPresent(stored::setReplyTo);
        for (Reaction reaction : entry.reactions()) {
            stored.addReactions(
                    StoredReaction.newBuilder()
                            .setEmoji(reaction.emoji())
                            .addAllUsers(values(reaction.users())));
        }
        entry.thread()
                .ifPresent(
                        thread ->
                                stored.setThread(
                                        StoredThread.newBuilder()
                                                .setReplies(thread.replies())
                                                .setLastReplyAtMillis(
                                                        thread.lastReplyAt().toEpochMilli())
                                                .addAllParticipants(
                                                        values(thread.participants()))));
        return stored.build();
    }

    /** What the page's own document holds of an entry that is stored in a document of its own. */
    static StoredEntry reference(Entry entry) {
        return StoredEntry.newBuilder().setSpilled(true).setSequence(entry.sequence()).build();
    }

    static Entry decode(StoredEntry stored) {
        return new Entry(
                stored.getSequence(),
                stored.getMessageId(),
                new UserId(stored.getAuthor()),
                stored.getSealedBody().toByteArray(),
                stored.getCreatedAtMillis(),
                stored.hasEditedAtMillis()
                        ? OptionalLong.of(stored.getEditedAtMillis())
                        : OptionalLong.empty(),
                stored.hasDeletedAtMillis()
                        ? OptionalLong.of(stored.getDeletedAtMillis())
                        : OptionalLong.empty(),
                stored.hasReplyTo() ? OptionalLong.of(stored.getReplyTo()) : OptionalLong.empty(),
                stored.getReactionsList().stream()
                        .map(
                                reaction ->
                                        new Reaction(
                                                reaction.getEmoji(),
                                                users(reaction.getUsersList())))
                        .toList(),
                stored.hasThread() ? Optional.of(decode(stored.getThread())) : Optional.empty(),
                stored.getIdempotencyKey());
    }

    private static ThreadSummary decode(StoredThread stored) {
        return new ThreadSummary(
                stored.getReplies(),
                Instant.ofEpochMilli(stored.getLastReplyAtMillis()),
                users(stored.getParticipantsList()));
    }

    private static List<String> values(List<UserId> users) {
        return users.stream().map(UserId::value).toList();
    }

    private static List<UserId> users(List<String> values) {
        return values.stream().map(UserId::new).toList();
    }

    /** A page with all its entries. */
    static StoredPage encode(Page page) {
        var stored =
                StoredPage.newBuilder()
                        .setFormat(FORMAT)
                        .setAppliedSequence(page.appliedSequence())
                        .setAppliedHash(hash(page));
        page.entries().forEach(entry -> stored.addEntries(encode(entry)));
        return stored.build();
    }

    /** The reverse of {@link #encode(Page)}. */
    static Page decode(PageKey key, StoredPage stored) {
        List<Entry> entries = new ArrayList<>(stored.getEntriesCount());
        for (StoredEntry entry : stored.getEntriesList()) {
            entries.add(decode(entry));
        }
        return new Page(
                key,
                stored.getAppliedSequence(),
                ChainHash.of(stored.getAppliedHash().toByteArray()),
                entries);
    }

    static ByteString hash(Page page) {
        return ByteString.copyFrom(page.appliedHash().toBytes());
    }
}
