package chat.chatto.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.chatto.core.account.UserId;
import chat.chatto.core.room.RoomId;
import chat.chatto.storage.jetstream.NatsServerExtension;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reader is told that keeps a copy of what all messages say. */
class ContentFeedIT {

    @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();

    private static final UserId ANN = new UserId("Uann");

    private static TestServer server;
    private static ContentFeed feed;

    private final RoomId room = new RoomId("R" + System.nanoTime());
    private long begin;

    @BeforeAll
    static void start() throws InterruptedException {
        server = TestServer.start(NATS.url());
        feed = server.timelines.contents(1);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void look() {
        begin = position();
    }

    @Test
    void tellsWhatMessagesSayNowAndEchoesAsTheirReplies() {
        Message root = server.post(room, ANN, "root");
        Message gone = server.post(room, ANN, "gone");
        reply(NewMessage.replyToAll(root.ordinal(), "to all"));
        server.timelines.edit(ANN, root.address(), "changed");
        server.timelines.delete(ANN, gone.address());

        assertThat(said(since(begin))).containsExactly("changed", "-", "to all");
    }

    @Test
    void tellsOfReactionsWithoutOpeningTheMessage() {
        Message root = server.post(room, ANN, "root");
        long posted = position();

        server.timelines.react(ANN, root.address(), "👍", true);
        assertThat(since(posted)).containsExactly(new ContentChange.Reacted(root.address(), true));

        server.timelines.react(ANN, root.address(), "👍", false);
        assertThat(since(posted)).containsExactly(new ContentChange.Reacted(root.address(), false));
    }

    @Test
    void goesThroughPagesForWhatChangedInThem() throws IOException, InterruptedException {
        Message first = server.post(room, ANN, "first");
        server.post(room, ANN, "second");
        reply(NewMessage.reply(first.ordinal(), "in the thread"));
        long before = awaitFiled();

        assertThat(walked(0)).containsExactly("first", "second", "in the thread");
        assertThat(walked(before)).isEmpty();

        server.timelines.edit(ANN, first.address(), "first, changed");
        awaitFiled();

        assertThat(walked(before)).containsExactly("first, changed");
    }

    @Test
    void tellsOfWhatWasPutOffPageByPage() {
        PostponedPages late = feed.postponed();
        for (int i = 0; i < PageKey.SIZE + 1; i++) {
            server.post(room, ANN, "message " + i);
        }
        position();

        assertThat(late.add(begin)).isTrue();
        assertThat(late.through()).isEqualTo(feed.position());
        server.timelines.edit(ANN, new MessageAddress(TimelineId.main(room), 0), "changed since");
        position();

        assertThat(said(late.next())).hasSize(PageKey.SIZE).startsWith("changed since");
        assertThat(late.isEmpty()).isFalse();
        assertThat(said(late.next())).containsExactly("message " + PageKey.SIZE);
        assertThat(late.isEmpty()).isTrue();
        assertThat(late.next()).isEmpty();
    }

    private void reply(NewMessage message) {
        server.timelines.post(ANN, room, message, Optional.empty());
    }

    /** What this server knows once it heard of everything that was stored at the call. */
    private static long position() {
        long last = server.storage.rooms(1).extent().last();
        await().until(() -> feed.position() >= last);
        return last;
    }

    private static long awaitFiled() {
        long last = position();
        await().until(() -> feed.filedThrough() >= last);
        return last;
    }

    private List<ContentChange> since(long sequence) {
        position();
        return feed.after(sequence, 1_000).orElseThrow().changes().stream()
                .filter(change -> change.address().timeline().room().equals(room))
                .toList();
    }

    private List<String> walked(long after) throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        feed.walk(room, after, (changes, _) -> said.addAll(said(changes)));
        return said;
    }

    private static List<String> said(List<ContentChange> changes) {
        return changes.stream()
                .map(
                        change ->
                                change instanceof ContentChange.Said said
                                        ? said.message().body()
                                        : "-")
                .toList();
    }
}
