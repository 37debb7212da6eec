package chat.chatto.core.timeline;

import chat.chatto.core.IdempotencyKey;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AttachmentSource;
import chat.chatto.core.room.RoomId;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.RootSecret;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.Storage;
import chat.chatto.storage.jetstream.JetStreamConfig;
import chat.chatto.storage.jetstream.JetStreamStorage;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The timelines of one Chatto server, on a storage connection of its own. */
final class TestServer implements AutoCloseable {

    static final TimelineAccess EVERYBODY =
            new TimelineAccess() {
                @Override
                public int shard(RoomId room) {
                    return 1;
                }

                @Override
                public void checkRead(UserId user, RoomId room) {}

                @Override
                public boolean mayRead(UserId user, RoomId room) {
                    return true;
                }

                @Override
                public void checkWrite(UserId user, RoomId room) {}

                @Override
                public void check(UserId user, RoomId room, TimelineAction action) {}

                @Override
                public boolean mayModerate(UserId user, RoomId room) {
                    return user.value().equals("Umoderator");
                }
            };

    /** People whose logins are their ids without the first letter, in lower case, and one role. */
    static final MentionDirectory MENTIONABLE =
            new MentionDirectory() {
                @Override
                public Optional<UserId> user(String login) {
                    return Set.of("ann", "ben", "eve").contains(login)
                            ? Optional.of(new UserId("U" + login))
                            : Optional.empty();
                }

                @Override
                public Optional<String> role(String name) {
                    return Set.of("moderator", "ann").contains(name)
                            ? Optional.of(name)
                            : Optional.empty();
                }
            };

    final Storage storage;
    final DataKeys keys;
    final Timelines timelines;

    private TestServer(Storage storage, InstantSource clock, TimelineLimits limits) {
        this.storage = storage;
        this.keys =
                DataKeys.open(
                        storage.bucket(Bucket.ENCRYPTION_KEYS),
                        RootSecret.of("the secret of a test, long enough"));
        this.timelines =
                new Timelines(
                        storage,
                        keys,
                        EVERYBODY,
                        MENTIONABLE,
                        clock,
                        new SecureRandom(),
                        limits,
                        PageFileConfig.defaults(),
                        AttachmentSource.NONE);
    }

    static TestServer start(String url) throws InterruptedException {
        return start(url, InstantSource.system(), TimelineLimits.standard());
    }

    static TestServer start(String url, InstantSource clock, TimelineLimits limits)
            throws InterruptedException {
        return start(JetStreamStorage.open(JetStreamConfig.local(url)), clock, limits);
    }

    static TestServer start(Storage storage, InstantSource clock, TimelineLimits limits)
            throws InterruptedException {
        var server = new TestServer(storage, clock, limits);
        server.timelines.start();
        return server;
    }

    Posted post(RoomId room, UserId author, String body, String key) {
        return timelines.post(
                author, room, NewMessage.of(body), Optional.of(new IdempotencyKey(key)));
    }

    Message post(RoomId room, UserId author, String body) {
        return timelines.post(author, room, NewMessage.of(body), Optional.empty()).message();
    }

    Message reply(RoomId room, UserId author, NewMessage message) {
        return timelines.post(author, room, message, Optional.empty()).message();
    }

    /** All bodies of a timeline, read page by page from its beginning. */
    List<String> bodies(TimelineId timeline) {
        return read(timeline).stream().map(Message::body).toList();
    }

    List<Message> read(TimelineId timeline) {
        List<Message> all = new ArrayList<>();
        while (true) {
            MessagePage page =
                    timelines.page(
                            new UserId("Ureader"),
                            timeline,
                            new Position.After(all.size() - 1),
                            Timelines.PAGE_LIMIT);
            for (Message message : page.messages()) {
                if (message.ordinal() != all.size()) {
                    throw new AssertionError(
                            "Ordinal " + message.ordinal() + " where " + all.size() + " belongs");
                }
                all.add(message);
            }
            if (!page.hasNewer()) {
                return all;
            }
        }
    }

    @Override
    public void close() {
        timelines.close();
        keys.close();
        storage.close();
    }
}
