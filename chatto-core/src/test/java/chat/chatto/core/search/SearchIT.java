package chat.chatto.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.ChattoException;
import chat.chatto.core.CoreConfig;
import chat.chatto.core.RegistrationPolicy;
import chat.chatto.core.TestCore;
import chat.chatto.core.account.Accounts;
import chat.chatto.core.account.UserId;
import chat.chatto.core.asset.AssetConfig;
import chat.chatto.core.room.Conversations;
import chat.chatto.core.room.RoomId;
import chat.chatto.core.room.Rooms;
import chat.chatto.core.timeline.Message;
import chat.chatto.core.timeline.NewMessage;
import chat.chatto.core.timeline.PageFileConfig;
import chat.chatto.core.timeline.Timelines;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Two servers, each with an index of its own. */
class SearchIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    @TempDir static Path directory;

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration SECONDS = Duration.ofSeconds(5);

    private static TestCore one;
    private static TestCore two;
    private static UserId ann;
    private static UserId ben;

    private final String word = "needle" + NUMBER.incrementAndGet() + "x";
    private RoomId room = new RoomId("none");

    @BeforeAll
    static void start() throws InterruptedException {
        one = server("one");
        two = server("two");
        ann = one.register("ann");
        ben = one.register("ben");
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @BeforeEach
    void meet() {
        room = one.room(ann, word).id();
        one.get(Rooms.class).join(ben, room);
    }

    @Test
    void findsOnEveryServerWhatWasSaidOnOneAndForgetsWhatWasChanged() {
        Message said = one.post(ann, room, "Here is the " + word);
        Message other = one.post(ben, room, "another " + word + " https://example.org");
        expect(one, ben, word, other, said);
        expect(two, ben, word, other, said);
        expect(two, ben, word + " from:me", other);
        expect(two, ben, word + " from:ann in:" + word, said);
        expect(two, ben, word + " has:link", other);
        expect(two, ben, word + " after:2020-01-01", other, said);
        expect(two, ben, word + " before:2020-01-01");

        two.get(Timelines.class).edit(ann, said.address(), "nothing to see");
        one.get(Timelines.class).delete(ben, other.address());

        expect(one, ben, word);
        expect(two, ben, word);
        expect(two, ben, "see in:" + word, said);
    }

    @Test
    void followsReactionsAndPins() {
        Message said = one.post(ann, room, word);
        Timelines timelines = one.get(Timelines.class);
        expect(two, ben, word, said);

        timelines.react(ben, said.address(), "👍", true);
        timelines.pin(ann, said.address(), true);
        expect(two, ben, word + " has:reaction is:pinned", said);

        timelines.react(ben, said.address(), "👍", false);
        expect(two, ben, word + " has:reaction");
        expect(two, ben, word + " is:pinned", said);
    }

    @Test
    void showsOnlyWhatTheReaderMayReadNow() {
        UserId eve = one.register("eve" + word);
        Message said = one.post(ann, room, word);
        RoomId direct = one.get(Conversations.class).open(ann, List.of(ben)).room().id();
        Message told = one.post(ann, direct, word);
        expect(one, ann, word, told, said);
        expect(one, ben, word, told, said);
        expect(one, ben, word + " in:@ann", told);
        expect(one, eve, word);
        assertThatExceptionOfType(ChattoException.class)
                .isThrownBy(() -> find(one, eve, word + " in:" + word))
                .withMessageContaining("no room of yours");

        one.get(Rooms.class).leave(ben, room);

        expect(one, ben, word, told);
        expect(two, ben, word, told);
    }

    @Test
    void findsRepliesAndWhatWasForwarded() {
        Message root = one.post(ann, room, "a root");
        Message reply = post(NewMessage.replyToAll(root.ordinal(), word));
        Message copy = post(NewMessage.forward(reply.address()));

        expect(two, ben, word, copy, reply);
        assertThat(find(two, ben, word).hits().getLast().message().address().timeline().isThread())
                .isTrue();
    }

    @Test
    void forgetsWhoeverIsDeleted() {
        UserId eve = one.register("eve" + word);
        one.get(Rooms.class).join(eve, room);
        Message said = one.post(eve, room, word + " said Eve");
        Message carried =
                one.get(Timelines.class)
                        .post(
                                ben,
                                room,
                                new NewMessage(
                                        "look, " + word,
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        false,
                                        Optional.of(said.address())),
                                Optional.empty())
                        .message();
        expect(two, ben, word + " said", carried, said);

        one.get(Accounts.class).shred(eve);

        expect(two, ben, word + " said");
        expect(two, ben, word, carried);
    }

    @Test
    void givesPartsThatFitTogether() {
        for (int i = 0; i < 5; i++) {
            one.post(ann, room, word + " " + i);
        }
        for (TestCore server : List.of(one, two)) {
            await().atMost(SECONDS).until(() -> find(server, ben, word).hits().size() == 5);
        }

        SearchResult first = find(one, ben, word, 3, Optional.empty());
        SearchResult second = find(two, ben, word, 3, first.nextCursor());

        assertThat(bodies(first)).containsExactly(word + " 4", word + " 3", word + " 2");
        assertThat(bodies(second)).containsExactly(word + " 1", word + " 0");
        assertThat(second.nextCursor()).isEmpty();
    }

    @Test
    void goesOnWithItsIndexAfterARestart() throws Exception {
        Message before = one.post(ann, room, word + " before");
        TestCore third = server(word);
        expect(third, ben, word, before);
        third.close();
        Message meanwhile = one.post(ann, room, word + " meanwhile");

        third = server(word);
        try {
            expect(third, ben, word, meanwhile, before);
            assertThat(find(third, ben, word).hits()).hasSize(2);
        } finally {
            third.close();
        }
    }

    @Test
    void makesAnIndexAnewThatIsCorruptOrForeign() throws Exception {
        Message said = one.post(ann, room, word);
        TestCore third = server(word);
        expect(third, ben, word, said);
        third.close();
        Path files = directory.resolve(word);
        Files.writeString(files.resolve("notes.txt"), "not of the index");
        for (Path file : indexFiles(files)) {
            Files.write(file, new byte[] {1, 2, 3});
        }

        third = server(word);
        expect(third, ben, word, said);
        third.close();
        writtenByAnotherVersion(files);

        third = server(word);
        try {
            expect(third, ben, word, said);
            assertThat(files.resolve("notes.txt")).exists();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                    .isEqualTo("rwx------");
        } finally {
            third.close();
        }
    }

    @Test
    void saysThatAnotherServerHasTheDirectory() throws InterruptedException {
        try (TestCore third = server("one")) {
            await().atMost(SECONDS)
                    .until(
                            () ->
                                    third.get(Search.class)
                                            .state()
                                            .problem()
                                            .contains("another server"));
            assertThatExceptionOfType(ChattoException.class)
                    .isThrownBy(() -> find(third, ben, word))
                    .withMessageContaining("another server has the directory");
        }
        assertThat(find(one, ben, word).hits()).isEmpty();
    }

    private static void writtenByAnotherVersion(Path files) throws IOException {
        try (Directory opened = new IndexDirectory(files).open();
                var writer =
                        new IndexWriter(
                                opened, new IndexWriterConfig().setIndexSort(Fields.ORDER))) {
            writer.setLiveCommitData(Map.of("format", "0").entrySet());
            writer.commit();
        }
    }

    private Message post(NewMessage message) {
        return one.get(Timelines.class).post(ann, room, message, Optional.empty()).message();
    }

    private static List<Path> indexFiles(Path files) throws IOException {
        try (var all = Files.list(files)) {
            return all.filter(file -> file.getFileName().toString().startsWith("_")).toList();
        }
    }

    private static TestCore server(String name) throws InterruptedException {
        return TestCore.start(
                NATS.url(),
                new CoreConfig(
                        CoreConfig.DEFAULT_SERVER_NAME,
                        RegistrationPolicy.OPEN,
                        PageFileConfig.none(),
                        SearchConfig.in(directory.resolve(name)),
                        AssetConfig.defaults()));
    }

    private static void expect(TestCore server, UserId reader, String query, Message... messages) {
        List<String> ids = List.of(messages).stream().map(Message::id).toList();
        Callable<List<String>> found =
                () ->
                        find(server, reader, query).hits().stream()
                                .map(hit -> hit.message().id())
                                .toList();
        await().atMost(SECONDS)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(found, ids::equals);
    }

    private static SearchResult find(TestCore server, UserId reader, String query) {
        return find(server, reader, query, Search.DEFAULT_LIMIT, Optional.empty());
    }

    private static SearchResult find(
            TestCore server, UserId reader, String query, int limit, Optional<String> cursor) {
        return server.get(Search.class)
                .find(
                        reader,
                        new SearchRequest(query, Optional.empty(), ZoneOffset.UTC, limit, cursor));
    }

    private static List<String> bodies(SearchResult result) {
        return result.hits().stream().map(hit -> hit.message().body()).toList();
    }
}
