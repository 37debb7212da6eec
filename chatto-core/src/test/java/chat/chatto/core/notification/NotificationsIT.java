package chat.chatto.core.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.access.RoleId;
import chat.chatto.core.access.Roles;
import chat.chatto.core.account.OwnerClaim;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.Conversations;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

class NotificationsIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static TestCore server;
    private static TestCore other;

    private UserId ann = UserId.SYSTEM;
    private UserId ben = UserId.SYSTEM;
    private RoomId room = new RoomId("none");

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestCore.start(NATS.url());
        other = TestCore.start(NATS.url());
    }

    @AfterAll
    static void stop() {
        other.close();
        server.close();
    }

    /** Ann wrote the first message of a room that Ben is in, too. */
    @BeforeEach
    void meet() {
        ann = server.person();
        ben = server.person();
        room = server.room(ann, ben);
        server.post(ann, room, "anybody there?");
    }

    @Test
    void areListedNewestFirstPageByPage() {
        int replies = 150;
        replies(replies);
        awaitNewest(replies);

        List<Long> ordinals = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            NotificationList part = server.notifications.list(ann, 40, cursor, false);
            part.notifications().forEach(one -> ordinals.add(one.message().ordinal()));
            part.notifications().forEach(one -> ids.add(one.id()));
            assertThat(part.unread()).isEqualTo(Notifications.COUNTED);
            cursor = part.nextCursor();
        } while (cursor.isPresent());

        assertThat(ordinals)
                .containsExactlyElementsOf(
                        LongStream.range(0, replies).mapToObj(i -> replies - i).toList());
        assertThat(ids).doesNotHaveDuplicates();
        assertThatThrownBy(() -> server.notifications.list(ann, 1, Optional.of("nonsense"), false))
                .isInstanceOf(ChattoException.class);
    }

    @Test
    void areReadOneByOneAllAtOnceAndByReadingTheRoom() {
        replies(6);
        awaitNewest(6);

        server.notifications.markRead(ann, List.of(newest().id()));
        assertThat(unread()).isEqualTo(5);
        assertThat(other.notifications.list(ann, 10, Optional.empty(), true).notifications())
                .hasSize(5);
        server.positions.advance(ann, room, 3);
        assertThat(unread()).isEqualTo(2);
        server.notifications.markAllRead(ann);
        assertThat(unread()).isZero();
        assertThat(server.notifications.list(ann, 10, Optional.empty(), false).notifications())
                .hasSize(6)
                .allMatch(Notification::read);
        replies(1);
        awaitNewest(7);
        assertThat(unread()).isEqualTo(1);
    }

    @Test
    void areGoneWhenRemovedAndWhenTheirMessageIs() {
        replies(4);
        awaitNewest(4);

        server.notifications.remove(ann, newest().id());
        assertThat(ordinals()).containsExactly(3L, 2L, 1L);
        server.timelines.delete(ben, newest().message().address());
        assertThat(ordinals()).containsExactly(2L, 1L);
        server.notifications.clear(ann);
        assertThat(ordinals()).isEmpty();
        assertThat(unread()).isZero();
        replies(1);
        awaitNewest(5);
        assertThat(ordinals()).containsExactly(5L);
    }

    @Test
    void areGoneWhenTheRoomMayNotBeReadAnyMore() {
        replies(1);
        awaitNewest(1);

        server.rooms.leave(ann, room);

        assertThat(ordinals()).isEmpty();
        assertThat(unread()).isZero();
    }

    @Test
    void ofAReactionAreGoneWithIt() {
        Message liked = server.post(ann, room, "like this");
        server.timelines.react(ben, liked.address(), "👍", true);
        await().untilAsserted(() -> assertThat(ordinals()).containsExactly(liked.ordinal()));
        assertThat(newest().emoji()).contains("👍");
        assertThat(newest().mode()).isEqualTo(Mode.SILENT);

        server.timelines.react(ben, liked.address(), "👍", false);

        assertThat(ordinals()).isEmpty();
    }

    @Test
    void ofAConversationAreForWhoeverElseTakesPart() {
        RoomId conversation = server.get(Conversations.class).open(ben, List.of(ann)).room().id();
        server.post(ben, conversation, "just for you");

        awaitNewest(0);
        assertThat(newest().message().address().timeline().room()).isEqualTo(conversation);
        assertThat(newest().occurrences())
                .containsExactly(new Occurrence(Cause.DIRECT_MESSAGE, Mode.ALERT));
        assertThat(server.notifications.unread(ben)).isZero();
    }

    @Test
    void ofARoleAreForItsHoldersInTheRoom() {
        UserId owner = server.person();
        OwnerClaim claim = server.get(OwnerClaim.class);
        claim.claim(owner, claim.pendingToken().orElseThrow());
        UserId elsewhere = server.person();
        for (UserId holder : List.of(ann, elsewhere)) {
            server.get(Roles.class).assign(owner, RoleId.MODERATOR, holder);
        }

        server.post(ben, room, "@moderator, please look");

        awaitNewest(1);
        assertThat(newest().occurrences())
                .containsExactly(new Occurrence(Cause.ROLE_MENTION, Mode.ALERT));
        assertThat(server.notifications.unread(elsewhere)).isZero();
    }

    @Test
    void areToldOnEveryServerAndSoIsThatTheyWereSeen() {
        List<AttentionEvent> told = new CopyOnWriteArrayList<>();
        Runnable end = other.attention.onEvent(told::add);
        replies(1);

        await().untilAsserted(() -> assertThat(told).hasSize(1));
        assertThat(told.getFirst())
                .isInstanceOfSatisfying(
                        AttentionEvent.Notified.class,
                        notified ->
                                assertThat(other.notifications.open(notified))
                                        .get()
                                        .satisfies(
                                                one -> {
                                                    assertThat(one.actor()).isEqualTo(ben);
                                                    assertThat(one.excerpt()).isEqualTo("reply 1");
                                                }));
        server.notifications.markAllRead(ann);
        await().untilAsserted(
                        () -> assertThat(told).contains(new AttentionEvent.NotificationsSeen(ann)));
        end.run();
    }

    @Test
    void followTheWishesOfWhomTheyAreFor() {
        TimelineId main = TimelineId.main(room);
        other.wishes.change(ann, main, Map.of(Cause.REPLY, Optional.of(Mode.OFF)));
        other.wishes.change(ann, main, Map.of(Cause.ROOM, Optional.of(Mode.SILENT)));
        await().untilAsserted(
                        () ->
                                assertThat(server.wishes.of(ann).mode(Cause.REPLY, main))
                                        .isEqualTo(Mode.OFF));
        replies(1);

        awaitNewest(1);
        assertThat(newest().occurrences()).containsExactly(new Occurrence(Cause.ROOM, Mode.SILENT));
        other.wishes.change(
                ann, main, Map.of(Cause.ROOM, Optional.empty(), Cause.REPLY, Optional.empty()));
        assertThat(other.wishes.of(ann)).isEqualTo(NotificationSettings.NONE);
    }

    @Test
    void ofThreadsComeWithTheListOfFollowedThreads() {
        server.post(ben, room, NewMessage.reply(0, "first"));
        TimelineId thread = TimelineId.thread(room, 0);
        await().untilAsserted(() -> assertThat(threads(ann)).hasSize(1));
        assertThat(threads(ann).getFirst().unread()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(unread()).isEqualTo(1));

        assertThat(other.threads.markRead(ann, thread, 7))
                .isEqualTo(new FollowedThreads.Standing(0, 0));
        await().untilAsserted(() -> assertThat(threads(ann).getFirst().unread()).isZero());
        assertThat(unread()).isZero();
        server.post(ben, room, NewMessage.reply(0, "second"));
        await().untilAsserted(() -> assertThat(threads(ann).getFirst().unread()).isEqualTo(1));
        assertThat(threads(ben)).singleElement().matches(mine -> mine.unread() == 0);
    }

    private static List<FollowedThread> threads(UserId user) {
        return server.threads.list(user, 20, Optional.empty(), false).threads();
    }

    private void replies(int count) {
        for (int i = 1; i <= count; i++) {
            server.post(
                    ben,
                    room,
                    new NewMessage(
                            "reply " + i,
                            OptionalLong.of(0),
                            OptionalLong.empty(),
                            false,
                            Optional.empty()));
        }
    }

    private void awaitNewest(long ordinal) {
        await().untilAsserted(() -> assertThat(newest().message().ordinal()).isEqualTo(ordinal));
    }

    private Notification newest() {
        return server.notifications.list(ann, 1, Optional.empty(), false).notifications().stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no notification"));
    }

    private List<Long> ordinals() {
        return server.notifications.list(ann, 100, Optional.empty(), false).notifications().stream()
                .map(one -> one.message().ordinal())
                .toList();
    }

    private int unread() {
        return server.notifications.unread(ann);
    }
}
