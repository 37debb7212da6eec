package chat.chatto.core.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.ErrorCode;
import chat.chatto.core.Race;
import chat.chatto.core.Slice;
import chat.chatto.core.TestCore;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.Status;
import chat.chatto.core.account.User;
import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.kms.DataKeys;
import chat.chatto.kms.KeyOwner;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What belongs to one person, seen through two servers. */
class PersonalIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private static TestCore one;
    private static TestCore other;
    private static UserId ada;
    private static RoomId room;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void start() throws InterruptedException {
        one = TestCore.start(nats.url());
        other = TestCore.start(nats.url());
        ada = one.register("ada");
        room = one.room(ada, "lounge").id();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    @Test
    void draftsFollowThePersonAndTheLatestCounts() {
        UserId user = member();
        List<DraftChange> heard = new CopyOnWriteArrayList<>();
        Runnable end = other.get(Drafts.class).onChange(heard::add);
        Draft later = new Draft(main(), "Hello, al", OptionalLong.of(3), now.minusMillis(5));

        keep(one, user, later);
        assertThat(other.get(Drafts.class).all(user)).containsExactly(later);
        assertThat(keep(other, user, draft("Hello", now.minusMillis(9)))).contains(later);
        assertThat(other.get(Drafts.class).remove(user, main(), now.minusMillis(7)))
                .contains(later);

        assertThat(other.get(Drafts.class).remove(user, main(), now)).isEmpty();
        assertThat(keep(one, user, later)).as("one that comes after the removal").isEmpty();
        assertThat(one.get(Drafts.class).all(user)).isEmpty();
        await().untilAsserted(
                        () ->
                                assertThat(heard)
                                        .containsExactly(
                                                new DraftChange(
                                                        user, main(), true, later.updatedAt()),
                                                new DraftChange(user, main(), false, now)));
        end.run();
    }

    @Test
    void draftsOfOtherLinesSurviveManyWritersAtOnce() throws Exception {
        UserId user = member();

        assertThat(
                        Race.refusals(
                                10,
                                n ->
                                        keep(
                                                n % 2 == 0 ? one : other,
                                                user,
                                                new Draft(
                                                        TimelineId.thread(room, n),
                                                        "Draft " + n,
                                                        OptionalLong.empty(),
                                                        now))))
                .isEmpty();

        assertThat(one.get(Drafts.class).all(user)).hasSize(10);
    }

    @Test
    void draftsAreBoundedInNumberAndSize() {
        UserId user = member();
        String long1 = "é".repeat(10_000);
        int kept = 0;
        Optional<ErrorCode> refusal = Optional.empty();
        while (refusal.isEmpty() && kept <= Drafts.MOST) {
            try {
                keep(
                        one,
                        user,
                        new Draft(TimelineId.thread(room, kept), long1, OptionalLong.empty(), now));
                kept++;
            } catch (ChattoException e) {
                refusal = Optional.of(e.code());
            }
        }

        assertThat(refusal).contains(ErrorCode.TOO_LARGE);
        assertThat(kept).isBetween(20, 30);
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(() -> keep(one, user, draft(long1 + "e", now)))
                .extracting(ChattoException::code)
                .isEqualTo(ErrorCode.INVALID);
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(() -> keep(one, new UserId("Unobody"), draft("Not a member", now)))
                .extracting(ChattoException::code)
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void draftsAreGoneWithTheirPersonsKey() {
        UserId user = member();
        keep(one, user, draft("My secret", now));

        one.get(DataKeys.class).shred(new KeyOwner(user.value()));

        assertThat(one.get(Drafts.class).all(user)).isEmpty();
        await().untilAsserted(() -> assertThat(other.get(Drafts.class).all(user)).isEmpty());
    }

    @Test
    void savedMessagesAreListedLatestFirstAsTheyAreNow() {
        UserId user = member();
        List<MessageAddress> addresses = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            addresses.add(one.post(ada, room, "To keep " + n).address());
            (n == 1 ? other : one).get(SavedMessages.class).save(user, addresses.get(n));
        }
        one.get(SavedMessages.class).save(user, addresses.getFirst());
        one.get(Timelines.class).edit(ada, addresses.get(1), "Edited");

        SavedMessages there = other.get(SavedMessages.class);
        assertThat(there.all(user)).isEqualTo(addresses.reversed());
        Slice<Message> first = there.page(user, 2, Optional.empty());
        assertThat(first.items()).extracting(Message::body).containsExactly("To keep 2", "Edited");
        assertThat(there.page(user, 2, first.nextCursor()).items())
                .extracting(Message::body)
                .containsExactly("To keep 0");

        one.get(SavedMessages.class).remove(user, addresses.get(1));
        assertThat(there.all(user)).containsExactly(addresses.get(2), addresses.get(0));
        one.get(Rooms.class).leave(user, room);
        await().untilAsserted(
                        () ->
                                assertThat(there.page(user, 2, Optional.empty()))
                                        .isEqualTo(
                                                new Slice<Message>(List.of(), Optional.empty())));
    }

    @Test
    void onlyMessagesThatCanBeReadAreSaved() {
        MessageAddress message = one.post(ada, room, "Members only").address();

        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(
                        () -> one.get(SavedMessages.class).save(new UserId("Uoutsider"), message))
                .extracting(ChattoException::code)
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void preferencesChangeOneByOne() {
        UserId user = member();
        one.get(PreferencesStore.class)
                .change(
                        user,
                        new PreferencesChange(
                                Optional.of(room),
                                Optional.empty(),
                                Optional.of(List.of("🎉")),
                                Optional.empty()));

        Preferences changed =
                other.get(PreferencesStore.class)
                        .change(
                                user,
                                new PreferencesChange(
                                        Optional.empty(),
                                        Optional.of(TimeFormat.TWENTY_FOUR_HOURS),
                                        Optional.empty(),
                                        Optional.of(3)));

        assertThat(changed)
                .isEqualTo(
                        new Preferences(
                                Optional.of(room), TimeFormat.TWENTY_FOUR_HOURS, List.of("🎉"), 3));
        assertThat(one.get(PreferencesStore.class).of(user)).isEqualTo(changed);
    }

    @Test
    void aStatusIsToldOnAllServersAndGoesWithItsPerson() {
        UserId user = one.register("status" + PEOPLE.incrementAndGet());
        other.get(Accounts.class).require(user);
        List<User> heard = new CopyOnWriteArrayList<>();
        Runnable end = other.get(Accounts.class).onChange(heard::add);
        Status status = new Status("🏖️", "By the sea", Optional.of(now.plus(Duration.ofDays(7))));

        one.get(Statuses.class).tell(user, status);
        await().untilAsserted(
                        () ->
                                assertThat(heard)
                                        .extracting(User::status)
                                        .containsExactly(Optional.of(status)));
        assertThat(status.over(now)).isFalse();
        assertThat(status.over(now.plus(Duration.ofDays(7)))).isTrue();

        one.get(Accounts.class).shred(user);
        await().untilAsserted(
                        () ->
                                assertThat(other.get(Accounts.class).require(user).status())
                                        .isEmpty());
        end.run();
    }

    @Test
    void aStatusIsRefusedThatSaysNothingTooMuchOrIsOver() {
        for (Status refused :
                List.of(
                        new Status("", " ", Optional.empty()),
                        new Status("smile", "", Optional.empty()),
                        new Status(":nothing-such:", "", Optional.empty()),
                        new Status("", "x".repeat(101), Optional.empty()),
                        new Status("", "\u202Eevil", Optional.empty()),
                        new Status("", "Past", Optional.of(now.minusSeconds(1))))) {
            assertThatExceptionOfType(ChattoException.class)
                    .as(refused.toString())
                    .isThrownBy(() -> one.get(Statuses.class).tell(ada, refused))
                    .extracting(ChattoException::code)
                    .isEqualTo(ErrorCode.INVALID);
        }
    }

    private static Optional<Draft> keep(TestCore server, UserId user, Draft draft) {
        return server.get(Drafts.class).keep(user, draft);
    }

    private static Draft draft(String body, Instant at) {
        return new Draft(main(), body, OptionalLong.empty(), at);
    }

    private static TimelineId main() {
        return TimelineId.main(room);
    }

    /** Somebody new in the room, whom no other test knows. */
    private static UserId member() {
        UserId user = one.register("person" + PEOPLE.incrementAndGet());
        one.get(Rooms.class).join(user, room);
        await().until(() -> other.get(Rooms.class).isMember(room, user));
        return user;
    }
}
