package chat.chatto.core.timeline;

import java.util.List;
import java.util.Optional;

/** Turns stored events into what listeners are told. Safe for use by many threads. */
final class EventReader {

    private final Shard shard;
    private final MessageReader messages;

    EventReader(Shard shard, MessageReader messages) {
        this.shard = shard;
        this.messages = messages;
    }

    /**
     * The change with its message as it is now, perhaps newer than the event.
     *
     * @throws DamagedException when the message is missing
     * @throws chat.chatto.storage.StorageException when the message's page must be read and there is no answer
     */
    TimelineEvent read(Commit commit, int index) {
        Event event = commit.events().get(index);
        var cursor = new Cursor(shard.number(), commit.sequence(), index);
        return switch (event) {
            case Event.Post post -> posted(cursor, post, commit.sequence());
            case Event.Edit edit ->
                    new TimelineEvent.MessageEdited(cursor, message(edit.address()));
            case Event.Delete delete ->
                    new TimelineEvent.MessageDeleted(cursor, message(delete.address()));
            case Event.Detach detach ->
                    new TimelineEvent.MessageEdited(cursor, message(detach.address()));
            case Event.React react ->
                    new TimelineEvent.MessageReacted(
                            cursor,
                            message(react.address()),
                            react.actor(),
                            react.emoji(),
                            react.added());
            case Event.Pin pin ->
                    new TimelineEvent.MessagePinned(
                            cursor, message(pin.address()), pin.actor(), pin.pinned());
            case Event.Follow follow ->
                    new TimelineEvent.ThreadFollowed(
                            cursor, message(follow.address()), follow.actor(), follow.following());
        };
    }

    /** A new message needs no page: what it says is in the event. Later changes follow as events of their own. */
    private TimelineEvent posted(Cursor cursor, Event.Post post, long sequence) {
        Message message = read(post.address(), Entry.of(post, sequence));
        Optional<Message> root =
                post.address().timeline().isThread()
                        ? Optional.of(message(post.address().timeline().root()))
                        : Optional.empty();
        return new TimelineEvent.MessagePosted(cursor, message, root);
    }

    private Message message(MessageAddress address) {
        Entry entry =
                shard.page(PageKey.of(address))
                        .page()
                        .entry(address.ordinal())
                        .orElseThrow(
                                () -> new DamagedException("Message " + address + " is missing"));
        return read(address, entry);
    }

    private Message read(MessageAddress address, Entry entry) {
        ShownReplies shown = ShownReplies.of(shard, address.timeline().room(), List.of(entry));
        return messages.read(address, entry, shown.contentOf(entry));
    }
}
