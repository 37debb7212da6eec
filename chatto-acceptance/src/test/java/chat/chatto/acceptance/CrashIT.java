package chat.chatto.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.client.Said;
import chat.chatto.acceptance.server.ChattoServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What was acknowledged outlives the sudden death of any process, exactly once and in order. */
class CrashIT {

    private static final int POSTERS = 16;
    private static final int ROUNDS = 2;

    /** Between two deaths, so that each of them hits a server in full swing. */
    private static final int POSTS_BETWEEN = 400;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path directory;

    @Test
    void keepsWhatWasAcknowledgedWhateverIsKilled() {
        ChattoServer server = ChattoServer.embedded(directory).start();
        List<Person> people = people(server);
        List<String> rooms = rooms(people);

        List<Poster> posters = new ArrayList<>();
        // The first room hears everybody, the others a few each.
        for (int index = 0; index < POSTERS; index++) {
            posters.add(
                    Poster.start(
                            people.get(index),
                            List.of(rooms.getFirst(), rooms.get(1 + index % (rooms.size() - 1)))));
        }
        for (int round = 0; round < ROUNDS; round++) {
            awaitPosts(posters);
            server.killNats();
            awaitPosts(posters);
            server.kill();
            server.start();
            awaitPosts(posters);
            server.killWithNats();
            server.start();
        }
        awaitPosts(posters);
        List<Poster.Acknowledged> acknowledged =
                posters.stream().flatMap(poster -> poster.finish().stream()).toList();
        server.killWithNats();
        server.start();

        for (String room : rooms) {
            assertHolds(people.getFirst().everything(room), acknowledgedIn(room, acknowledged));
        }
        assertThat(server.terminate()).isZero();
        server.awaitNoProcessLeft();
    }

    @Test
    void leavesNoProcessBehindWhenItIsKilled() {
        ChattoServer server = ChattoServer.embedded(directory).start();

        server.kill();

        server.awaitNoProcessLeft();
    }

    private static void assertHolds(List<Said> said, List<Poster.Acknowledged> acknowledged) {
        assertThat(said)
                .extracting(Said::ordinal)
                .containsExactlyElementsOf(LongStream.range(0, said.size()).boxed().toList());
        // Each poster repeats a message until it is acknowledged, so nothing else may be there.
        assertThat(said)
                .containsExactlyInAnyOrderElementsOf(
                        acknowledged.stream().map(Poster.Acknowledged::said).toList());
        acknowledged.stream()
                .map(one -> one.said().login())
                .distinct()
                .forEach(
                        login ->
                                assertThat(acknowledged)
                                        .filteredOn(one -> one.said().login().equals(login))
                                        .extracting(one -> one.said().ordinal())
                                        .isSorted());
    }

    private static List<Poster.Acknowledged> acknowledgedIn(
            String room, List<Poster.Acknowledged> acknowledged) {
        return acknowledged.stream().filter(one -> one.room().equals(room)).toList();
    }

    private static void awaitPosts(List<Poster> posters) {
        long goal = sum(posters) + POSTS_BETWEEN;
        await("posts to be acknowledged").atMost(PATIENCE).until(() -> sum(posters) >= goal);
    }

    private static long sum(List<Poster> posters) {
        return posters.stream().mapToLong(Poster::count).sum();
    }

    private static List<Person> people(ChattoServer server) {
        return IntStream.range(0, POSTERS)
                .mapToObj(index -> Person.register(server.uri(), "poster" + index))
                .toList();
    }

    private static List<String> rooms(List<Person> people) {
        List<String> rooms =
                IntStream.range(0, 5)
                        .mapToObj(index -> people.getFirst().createRoom("room " + index))
                        .toList();
        people.forEach(person -> rooms.forEach(person::join));
        return rooms;
    }
}
