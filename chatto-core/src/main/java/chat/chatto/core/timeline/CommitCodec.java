package chat.chatto.core.timeline;

import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.FileCodec;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.stored.v1.StoredCommit;
import chat.chatto.core.stored.v1.StoredDelete;
import chat.chatto.core.stored.v1.StoredDetach;
import chat.chatto.core.stored.v1.StoredEdit;
import chat.chatto.core.stored.v1.StoredEvent;
import chat.chatto.core.stored.v1.StoredFollow;
import chat.chatto.core.stored.v1.StoredPin;
import chat.chatto.core.stored.v1.StoredPost;
import chat.chatto.core.stored.v1.StoredReact;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The stored form of commits. Stateless. */
final class CommitCodec {

    static final int FORMAT = 1;

    private CommitCodec() {}

    /** Encodes a commit that has no sequence yet. */
    static byte[] encode(CommitId id, RoomTip tip, long head, long atMillis, List<Event> events) {
        var stored =
                StoredCommit.newBuilder()
                        .setFormat(FORMAT)
                        .setCommitId(
                                ByteString.copyFrom(
                                        ByteBuffer.allocate(16)
                                                .putLong(id.high())
                                                .putLong(id.low())
                                                .array()))
                        .setPreviousHash(ByteString.copyFrom(tip.hash().toBytes()))
                        .setPreviousSequence(tip.sequence())
                        .setHead(head)
                        .setCommittedAtMillis(atMillis);
        events.forEach(event -> stored.addEvents(encode(event)));
        return stored.build().toByteArray();
    }

    private static StoredEvent encode(Event event) {
        var stored =
                StoredEvent.newBuilder()
                        .setLine(TimelineCodec.line(event.address().timeline()))
                        .setOrdinal(event.address().ordinal())
                        .setActor(event.actor().value())
                        .setAtMillis(event.atMillis());
        switch (event) {
            case Event.Post post -> stored.setPost(encode(post));
            case Event.Edit edit -> stored.setEdit(encode(edit));
            case Event.Delete delete ->
                    stored.setDelete(
                            StoredDelete.newBuilder()
                                    .addAllAttachments(FileCodec.encode(delete.attachments())));
            case Event.Detach detach ->
                    stored.setDetach(
                            StoredDetach.newBuilder()
                                    .setAttachment(FileCodec.encode(detach.attachment())));
            case Event.React react ->
                    stored.setReact(
                            StoredReact.newBuilder()
                                    .setEmoji(react.emoji())
                                    .setAdded(react.added()));
            case Event.Pin pin -> stored.setPin(StoredPin.newBuilder().setPinned(pin.pinned()));
            case Event.Follow follow ->
                    stored.setFollow(StoredFollow.newBuilder().setFollowing(follow.following()));
        }
        return stored.build();
    }

    private static StoredPost.Builder encode(Event.Post post) {
        var stored =
                StoredPost.newBuilder()
                        .setMessageId(post.messageId())
                        .setSealedBody(UnsafeByteOperations.unsafeWrap(post.sealedBody()))
                        .setIdempotencyKey(post.idempotencyKey());
        post.replyTo().ifPresent(stored::setReplyTo);
        if (!post.mentions().isEmpty()) {
            stored.setMentions(TimelineCodec.encode(post.mentions()));
        }
        post.echo().ifPresent(echo -> stored.setEcho(TimelineCodec.encode(echo)));
        post.forward().ifPresent(forward -> stored.setForward(TimelineCodec.encode(forward)));
        return stored.addAllAttachments(FileCodec.encode(post.attachments()));
    }

    private static StoredEdit.Builder encode(Event.Edit edit) {
        var stored =
                StoredEdit.newBuilder()
                        .setSealedBody(UnsafeByteOperations.unsafeWrap(edit.sealedBody()));
        if (!edit.mentions().isEmpty()) {
            stored.setMentions(TimelineCodec.encode(edit.mentions()));
        }
        return stored;
    }

    /**
     * Decodes a stored commit.
     *
     * @throws DamagedException when the bytes are no commit, or one of a format that this version does not know
     */
    static Commit decode(RoomId room, long sequence, byte[] content) {
        StoredCommit stored;
        try {
            stored = StoredCommit.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedException(
                    "Commit " + sequence + " of room " + room + " cannot be read", e);
        }
        if (stored.getFormat() != FORMAT || stored.getCommitId().size() != 16) {
            throw new DamagedException(
                    "Commit "
                            + sequence
                            + " of room "
                            + room
                            + " has the unknown format "
                            + stored.getFormat()
                            + "; was it written by a newer Chatto?");
        }
        ByteBuffer id = stored.getCommitId().asReadOnlyByteBuffer();
        List<Event> events = new ArrayList<>(stored.getEventsCount());
        stored.getEventsList().forEach(event -> decode(room, event).ifPresent(events::add));
        return new Commit(
                room,
                sequence,
                new CommitId(id.getLong(), id.getLong()),
                stored.getPreviousSequence(),
                ChainHash.of(stored.getPreviousHash().toByteArray()),
                ChainHash.after(content),
                stored.getHead(),
                stored.getCommittedAtMillis(),
                events,
                content.length);
    }

    /** @return empty for a kind of event that a newer version introduced */
    private static Optional<Event> decode(RoomId room, StoredEvent stored) {
        var address =
                new MessageAddress(
                        TimelineCodec.timeline(room, stored.getLine()), stored.getOrdinal());
        var actor = new UserId(stored.getActor());
        long at = stored.getAtMillis();
        return switch (stored.getChangeCase()) {
            case POST -> Optional.of(decode(address, actor, at, stored.getPost()));
            case EDIT -> Optional.of(decode(address, actor, at, stored.getEdit()));
            case DELETE ->
                    Optional.of(
                            new Event.Delete(
                                    address,
                                    actor,
                                    at,
                                    FileCodec.decode(stored.getDelete().getAttachmentsList())));
            case DETACH ->
                    Optional.of(
                            new Event.Detach(
                                    address,
                                    actor,
                                    at,
                                    FileCodec.decode(stored.getDetach().getAttachment())));
            case REACT ->
                    Optional.of(
                            new Event.React(
                                    address,
                                    actor,
                                    at,
                                    stored.getReact().getEmoji(),
                                    stored.getReact().getAdded()));
            case PIN -> Optional.of(new Event.Pin(address, actor, at, stored.getPin().getPinned()));
            case FOLLOW ->
                    Optional.of(
                            new Event.Follow(
                                    address, actor, at, stored.getFollow().getFollowing()));
            case CHANGE_NOT_SET -> Optional.empty();
        };
    }

    private static Event.Post decode(
            MessageAddress address, UserId actor, long at, StoredPost stored) {
        return new Event.Post(
                address,
                actor,
                at,
                stored.getMessageId(),
                stored.getSealedBody().toByteArray(),
                stored.hasReplyTo() ? OptionalLong.of(stored.getReplyTo()) : OptionalLong.empty(),
                stored.getIdempotencyKey(),
                stored.hasMentions() ? TimelineCodec.decode(stored.getMentions()) : Mentions.NONE,
                stored.hasEcho() ? TimelineCodec.decode(stored.getEcho()) : Optional.empty(),
                stored.hasForward()
                        ? Optional.of(TimelineCodec.decode(stored.getForward()))
                        : Optional.empty(),
                FileCodec.decode(stored.getAttachmentsList()));
    }

    private static Event.Edit decode(
            MessageAddress address, UserId actor, long at, StoredEdit stored) {
        return new Event.Edit(
                address,
                actor,
                at,
                stored.getSealedBody().toByteArray(),
                stored.hasMentions() ? TimelineCodec.decode(stored.getMentions()) : Mentions.NONE);
    }
}
