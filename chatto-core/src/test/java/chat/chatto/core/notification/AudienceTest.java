package chat.chatto.core.notification;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.timeline.Activity;
import chat.chatto.core.timeline.Mentions;
import chat.chatto.core.timeline.MessageAddress;
import chat.chatto.core.timeline.TimelineId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

class AudienceTest {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final UserId CAT = new UserId("cat");
    private static final UserId DAN = new UserId("dan");
    private static final RoomId ROOM = new RoomId("room");
    private static final TimelineId MAIN = TimelineId.main(ROOM);
    private static final TimelineId THREAD = TimelineId.thread(ROOM, 3);

    private final Town town = new Town();

    /** Ann writes; Ben and Cat belong to the room, Dan does not; Cat is offline. */
    private static final class Town implements Surroundings {
        private final Set<UserId> members = new HashSet<>(List.of(ANN, BEN, CAT));
        private final Map<UserId, NotificationSettings> settings = new HashMap<>();
        private final Set<UserId> undisturbed = new HashSet<>();
        private boolean direct;

        @Override
        public boolean direct(RoomId room) {
            return direct;
        }

        @Override
        public Collection<UserId> members(RoomId room) {
            return members;
        }

        @Override
        public boolean member(RoomId room, UserId user) {
            return members.contains(user);
        }

        @Override
        public Collection<UserId> holders(RoomId room, String role) {
            return role.equals("moderator") ? List.of(ANN, BEN, DAN) : List.of();
        }

        @Override
        public boolean offline(UserId user) {
            return user.equals(CAT);
        }

        @Override
        public boolean undisturbed(UserId user, Instant at) {
            return undisturbed.contains(user);
        }

        @Override
        public NotificationSettings settings(UserId user) {
            return settings.getOrDefault(user, NotificationSettings.NONE);
        }

        @Override
        public Collection<UserId> watchers(RoomId room) {
            return settings.keySet();
        }

        void wishes(UserId user, TimelineId timeline, Cause cause, Mode mode) {
            settings.put(user, settings(user).with(timeline, Map.of(cause, mode)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing          |                                       ",
                "@ben             | ben mention:alert                     ",
                "@ann             |                                       ",
                "@dan             |                                       ",
                "@moderator       | ben roleMention:alert                 ",
                "@here            | ben here:alert                        ",
                "@all             | ben all:alert, cat all:alert          ",
                "@here @all       | ben here:alert all:alert, cat all:alert",
                "@ben @all        | ben mention:alert all:alert, cat all:alert",
                "reply to ben     | ben reply:alert                       ",
                "reply to ann     |                                       ",
                "reply to ben @ben| ben mention:alert reply:alert         ",
            })
    void isWhomAMessageOfTheMainLineAddresses(String said, String expected) {
        assertThat(audience(MAIN, said, List.of())).isEqualTo(expected(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | ann       |                                              ",
                "nothing | ann,ben   | ben thread:silent                            ",
                "nothing | ben,dan   | ben thread:silent                            ",
                "@ben    | ben,cat   | ben mention:alert thread:silent, cat thread:silent",
            })
    void isWhoFollowsAThread(String said, String followers, String expected) {
        List<UserId> following = Arrays.stream(followers.split(",", -1)).map(UserId::new).toList();

        assertThat(audience(THREAD, said, following)).isEqualTo(expected(expected));
    }

    @Test
    void isEverybodyElseInADirectConversation() {
        town.direct = true;

        assertThat(audience(MAIN, "nothing", List.of()))
                .isEqualTo(expected("ben directMessage:alert, cat directMessage:alert"));
    }

    @Test
    void listensToTheNearestWish() {
        town.settings.put(
                BEN,
                new NotificationSettings(
                        Map.of(Cause.MENTION, Mode.OFF), Map.of(), DoNotDisturb.NEVER));
        assertThat(audience(MAIN, "@ben", List.of())).isEmpty();

        town.wishes(BEN, MAIN, Cause.MENTION, Mode.SILENT);
        assertThat(audience(MAIN, "@ben", List.of())).isEqualTo(expected("ben mention:silent"));
        assertThat(audience(THREAD, "@ben", List.of())).isEqualTo(expected("ben mention:silent"));

        town.wishes(BEN, THREAD, Cause.MENTION, Mode.ALERT);
        assertThat(audience(MAIN, "@ben", List.of())).isEqualTo(expected("ben mention:silent"));
        assertThat(audience(THREAD, "@ben", List.of())).isEqualTo(expected("ben mention:alert"));
    }

    @Test
    void includesWhoFollowsTheRoomButNobodyElseWhoHasWishes() {
        town.wishes(BEN, MAIN, Cause.ROOM, Mode.SILENT);
        town.wishes(CAT, MAIN, Cause.ALL, Mode.OFF);
        town.wishes(DAN, MAIN, Cause.ROOM, Mode.ALERT);

        assertThat(audience(MAIN, "nothing", List.of())).isEqualTo(expected("ben room:silent"));
        assertThat(audience(MAIN, "@all", List.of()))
                .isEqualTo(expected("ben all:alert room:silent"));
    }

    @Test
    void isToldSilentlyWhenItDoesNotWantToBeDisturbed() {
        town.undisturbed.add(BEN);

        assertThat(audience(MAIN, "@all", List.of()))
                .isEqualTo(expected("ben all:silent, cat all:alert"));
    }

    @Test
    void isTheAuthorOfWhatOthersReactTo() {
        assertThat(Audience.of(reaction(), BEN, town))
                .containsExactly(
                        Map.entry(BEN, List.of(new Occurrence(Cause.REACTION, Mode.SILENT))));
        assertThat(Audience.of(reaction(), ANN, town)).isEmpty();
        assertThat(Audience.of(reaction(), DAN, town)).isEmpty();
    }

    private static Activity.Reacted reaction() {
        return new Activity.Reacted(0, new MessageAddress(MAIN, 7), ANN, Instant.EPOCH, "👍");
    }

    private Map<UserId, List<Occurrence>> audience(
            TimelineId timeline, String said, List<UserId> followers) {
        List<String> words = List.of(said.split(" ", -1));
        List<UserId> named =
                List.of(ANN, BEN, CAT, DAN).stream()
                        .filter(user -> words.contains("@" + user))
                        .toList();
        Optional<UserId> answered =
                words.getFirst().equals("reply")
                        ? Optional.of(new UserId(words.get(2)))
                        : Optional.empty();
        var posted =
                new Activity.Posted(
                        0,
                        new MessageAddress(timeline, 7),
                        ANN,
                        Instant.EPOCH,
                        "message",
                        OptionalLong.empty(),
                        new Mentions(
                                named,
                                words.contains("@moderator") ? List.of("moderator") : List.of(),
                                words.contains("@here"),
                                words.contains("@all")));
        return Audience.of(posted, answered, followers, town);
    }

    private static Map<UserId, List<Occurrence>> expected(String text) {
        if (text == null || text.isBlank()) {
            return Map.of();
        }
        return Arrays.stream(text.strip().split(", ", -1))
                .map(one -> List.of(one.split(" ", -1)))
                .collect(
                        Collectors.toMap(
                                one -> new UserId(one.getFirst()),
                                one ->
                                        one.subList(1, one.size()).stream()
                                                .map(AudienceTest::occurrence)
                                                .toList()));
    }

    private static Occurrence occurrence(String text) {
        int colon = text.indexOf(':');
        return new Occurrence(
                Cause.of(text.substring(0, colon)).orElseThrow(),
                Mode.of(text.substring(colon + 1)).orElseThrow());
    }
}
