package chat.chatto.core;

import chat.chatto.core.access.AccessDirectory;
import chat.chatto.core.access.AccessSetup;
import chat.chatto.core.access.Grants;
import chat.chatto.core.access.Permissions;
import chat.chatto.core.access.Roles;
import chat.chatto.core.access.RoomPermissions;
import chat.chatto.core.access.RoomTimelineAccess;
import chat.chatto.core.access.ServerEmojiAccess;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.account.PasswordHasher;
import chat.chatto.core.account.People;
import chat.chatto.core.account.Registration;
import chat.chatto.core.account.Sessions;
import chat.chatto.core.account.SignInThrottle;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserDirectory;
import chat.chatto.core.emoji.CustomEmoji;
import chat.chatto.core.emoji.Emoji;
import chat.chatto.core.personal.Statuses;
import chat.chatto.core.presence.Presence;
import chat.chatto.core.presence.PresenceChoices;
import chat.chatto.core.presence.PresenceLimits;
import chat.chatto.core.presence.Typing;
import chat.chatto.core.readstate.PersonalBucket;
import chat.chatto.core.readstate.ReadPositions;
import chat.chatto.core.room.Conversations;
import chat.chatto.core.room.GroupDirectory;
import chat.chatto.core.room.Groups;
import chat.chatto.core.room.Moderation;
import chat.chatto.core.room.RoomAccess;
import chat.chatto.core.room.RoomDirectory;
import chat.chatto.core.room.RoomHeads;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.room.SlowMode;
import chat.chatto.core.server.ServerBucket;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.RootSecret;
import chat.chatto.storage.Bucket;
import chat.chatto.storage.Storage;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One server's people and rooms on real storage, wired by hand; the rooms' heads are numbers that the test sets. */
public final class TestServer implements AutoCloseable {

    private static final RootSecret SECRET =
            RootSecret.of("a secret for tests and for nothing else");

    /** Everything about presence, twenty times as quick. */
    public static final PresenceLimits QUICK_PRESENCE =
            new PresenceLimits(
                    Duration.ofSeconds(3),
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(25),
                    Duration.ofSeconds(2));

    public final TestClock clock;
    public final Storage storage;
    public final ServerBucket bucket;
    public final UserDirectory users;
    public final OwnerClaim ownerClaim;
    public final DataKeys keys;
    public final Accounts accounts;
    public final Sessions sessions;
    public final People people;
    public final RoomDirectory directory;
    public final GroupDirectory groupDirectory;
    public final AccessDirectory accessDirectory;
    public final AccessSetup accessSetup;
    public final Permissions permissions;
    public final RoomAccess roomAccess;
    public final Roles roles;
    public final Grants grants;
    public final Map<RoomId, Long> heads = new ConcurrentHashMap<>();
    public final PersonalBucket personal;
    public final ReadPositions readPositions;
    public final Rooms rooms;
    public final Groups groups;
    public final Conversations conversations;
    public final Moderation moderation;
    public final SlowMode slowMode;
    public final Typing typing;
    public final Presence presence;
    public final RoomTimelineAccess access;
    public final CustomEmoji emoji;
    public final Statuses statuses;
    private final PasswordHasher hasher;

    private TestServer(Storage storage, TestClock clock, CoreConfig config) {
        this.storage = storage;
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        Ids ids = new Ids(random);
        bucket = new ServerBucket(storage);
        users = new UserDirectory(bucket);
        ownerClaim = new OwnerClaim(bucket, SECRET, clock);
        keys = DataKeys.open(storage.bucket(Bucket.ENCRYPTION_KEYS), SECRET);
        hasher = new PasswordHasher(random);
        directory = new RoomDirectory(bucket, users, clock);
        groupDirectory = new GroupDirectory(bucket);
        people = new People(users);
        accessDirectory = new AccessDirectory(bucket, users);
        permissions = new Permissions(bucket, accessDirectory, directory);
        roomAccess = new RoomPermissions(permissions, accessDirectory, directory, bucket);
        roles = new Roles(bucket, accessDirectory, permissions, users, clock);
        grants = new Grants(bucket, accessDirectory, permissions, directory, users, roles);
        accessSetup = new AccessSetup(bucket, accessDirectory, directory, clock);
        personal = new PersonalBucket(storage);
        readPositions = new ReadPositions(personal);
        RoomHeads roomHeads = room -> heads.getOrDefault(room, -1L);
        rooms =
                new Rooms(
                        bucket,
                        directory,
                        roomAccess,
                        people,
                        readPositions,
                        roomHeads,
                        ids,
                        clock,
                        storage);
        groups = new Groups(bucket, groupDirectory, directory, roomAccess, ids);
        conversations = new Conversations(bucket, directory, users, clock, storage);
        moderation =
                new Moderation(
                        bucket, directory, roomAccess, users, readPositions, roomHeads, clock);
        slowMode = new SlowMode(storage, directory, clock);
        accounts =
                new Accounts(
                        bucket,
                        users,
                        ownerClaim,
                        rooms,
                        hasher,
                        new SignInThrottle(clock),
                        ids,
                        clock,
                        config,
                        keys);
        sessions = new Sessions(storage, bucket, users, ids, clock);
        typing = new Typing(storage, roomAccess, clock);
        presence =
                new Presence(
                        storage,
                        users,
                        new PresenceChoices(bucket, users, clock),
                        ids,
                        QUICK_PRESENCE);
        emoji = new CustomEmoji(bucket, storage, new ServerEmojiAccess(permissions), ids, clock);
        statuses = new Statuses(accounts, new Emoji(emoji), clock);
        access =
                new RoomTimelineAccess(
                        directory, roomAccess, permissions, slowMode, new Emoji(emoji));
    }

    public static TestServer start(Storage storage) throws InterruptedException {
        return start(storage, new TestClock(), CoreConfig.defaults());
    }

    /** Starts a server that closes the storage with itself. */
    public static TestServer start(Storage storage, TestClock clock, CoreConfig config)
            throws InterruptedException {
        TestServer server = new TestServer(storage, clock, config);
        server.bucket.start();
        server.sessions.start();
        server.personal.start();
        server.typing.start();
        server.presence.start();
        server.accessSetup.prepare();
        return server;
    }

    /** Makes an account; Argon2 takes its time even here. */
    public User register(String login) {
        return accounts.register(Registration.of(login, "correct horse"), "192.0.2.1");
    }

    @Override
    public void close() {
        presence.close();
        typing.close();
        personal.close();
        sessions.close();
        bucket.close();
        hasher.close();
        keys.close();
        storage.close();
    }
}
