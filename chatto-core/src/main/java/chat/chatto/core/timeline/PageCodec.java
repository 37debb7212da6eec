package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.FileCodec;
import chat.chatto.core.stored.v1.StoredEntry;
import chat.chatto.core.stored.v1.StoredPage;
import chat.chatto.core.stored.v1.StoredPinned;
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
                            .addAllUsers(TimelineCodec.values(reaction.users())));
        }
        entry.thread().ifPresent(thread -> stored.setThread(encode(thread)));
        if (!entry.mentions().isEmpty()) {
            stored.setMentions(TimelineCodec.encode(entry.mentions()));
        }
        entry.echo().ifPresent(echo -> stored.setEcho(TimelineCodec.encode(echo)));
        entry.forward().ifPresent(forward -> stored.setForward(TimelineCodec.encode(forward)));
        entry.pinned()
                .ifPresent(
                        pinned ->
                                stored.setPinned(
                                        StoredPinned.newBuilder()
                                                .setAtMillis(pinned.at().toEpochMilli())
                                                .setBy(pinned.by().value())));
        return stored.addAllAttachments(FileCodec.encode(entry.attachments())).build();
    }

    private static StoredThread encode(ThreadSummary thread) {
        return StoredThread.newBuilder()
                .setReplies(thread.replies())
                .setLastReplyAtMillis(thread.lastReplyAt().toEpochMilli())
                .addAllParticipants(TimelineCodec.values(thread.participants()))
                .addAllFollowers(TimelineCodec.values(thread.followers()))
                .addAllUnfollowed(TimelineCodec.values(thread.unfollowed()))
                .build();
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
                                                TimelineCodec.users(reaction.getUsersList())))
                        .toList(),
                stored.hasThread() ? Optional.of(decode(stored.getThread())) : Optional.empty(),
                stored.getIdempotencyKey(),
                stored.hasMentions() ? TimelineCodec.decode(stored.getMentions()) : Mentions.NONE,
                stored.hasEcho() ? TimelineCodec.decode(stored.getEcho()) : Optional.empty(),
                stored.hasForward()
                        ? Optional.of(TimelineCodec.decode(stored.getForward()))
                        : Optional.empty(),
                stored.hasPinned() ? Optional.of(decode(stored.getPinned())) : Optional.empty(),
                FileCodec.decode(stored.getAttachmentsList()));
    }

    private static Pinned decode(StoredPinned stored) {
        return new Pinned(Instant.ofEpochMilli(stored.getAtMillis()), new UserId(stored.getBy()));
    }

    private static ThreadSummary decode(StoredThread stored) {
        List<UserId> participants = TimelineCodec.users(stored.getParticipantsList());
        // Stored before threads could be followed: everybody who had replied does.
        boolean older = stored.getFollowersCount() + stored.getUnfollowedCount() == 0;
        return new ThreadSummary(
                stored.getReplies(),
                Instant.ofEpochMilli(stored.getLastReplyAtMillis()),
                participants,
                older ? participants : TimelineCodec.users(stored.getFollowersList()),
                TimelineCodec.users(stored.getUnfollowedList()));
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
