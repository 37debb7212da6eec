package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.server.ChattoServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** A long history is read back to its beginning, and nothing is missing on the way. */
class ScrollbackIT {

    private static final int MESSAGES = 5_000;
    private static final int POSTERS = 32;

    /** What may be in the document at once, whatever the room holds. */
    private static final int DRAWN_AT_MOST = 200;

    /** A turn of the wheel, in pixels: less than what is drawn beyond the view. */
    private static final int TURN = 800;

    private static final int TURNS_AT_MOST = 1_000;

    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir Path directory;

    private ChattoServer server;

    @BeforeEach
    void startServer() {
        server = ChattoServer.embedded(directory).start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void reachesTheFirstOfFiveThousandMessagesAndTheLastAgain() throws Exception {
        Person writer = Person.register(server.uri(), "writer");
        String room = writer.createRoom("annals");
        fill(writer, room);
        Visitor reader = browser.atDesk(server.uri(), "reader").signUp();
        reader.joinRoom("annals");
        assertThat(reader.messages().last())
                .hasAttribute("data-ordinal", Integer.toString(MESSAGES - 1));

        long lowest = MESSAGES;
        int turns = 0;
        reader.page().mouse().move(700, 300);
        while (lowest > 0) {
            List<Long> drawn = drawn(reader);
            assertThat(drawn).hasSizeLessThan(DRAWN_AT_MOST);
            assertThat(drawn).containsExactlyElementsOf(run(drawn));
            // What comes into view joins what was seen before.
            assertThat(drawn.getLast()).isGreaterThanOrEqualTo(lowest - 1);
            lowest = Math.min(lowest, drawn.getFirst());
            assertThat(turns++).isLessThan(TURNS_AT_MOST);
            turn(reader, -TURN);
        }
        reader.button("Jump to present").click();
        assertThat(reader.messages().last())
                .hasAttribute("data-ordinal", Integer.toString(MESSAGES - 1));
    }

    private static void turn(Visitor reader, int pixels) {
        reader.page().mouse().wheel(0, pixels);
        // Two frames: the scrolling itself, and what it draws.
        reader.page()
                .evaluate(
                        "() => new Promise(done => requestAnimationFrame(() =>"
                                + " requestAnimationFrame(done)))");
    }

    private static List<Long> drawn(Visitor reader) {
        Object ordinals =
                reader.messages().evaluateAll("rows => rows.map(row => row.dataset.ordinal)");
        return ((List<?>) ordinals)
                .stream().map(ordinal -> Long.parseLong(ordinal.toString())).toList();
    }

    private static List<Long> run(List<Long> drawn) {
        return LongStream.rangeClosed(drawn.getFirst(), drawn.getLast()).boxed().toList();
    }

    private static void fill(Person writer, String room) throws Exception {
        try (var threads = Executors.newFixedThreadPool(POSTERS)) {
            List<Future<?>> posts = new ArrayList<>();
            for (int number = 0; number < MESSAGES; number++) {
                String body =
                        "Entry " + number + ". " + "Much was said on that day. ".repeat(number % 7);
                posts.add(threads.submit(() -> writer.say(room, body, Keys.next()).orFail()));
            }
            for (Future<?> post : posts) {
                post.get();
            }
        }
    }
}
