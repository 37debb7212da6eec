package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.client.Feed;
import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.server.ChattoServer;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** People see who is there, and decide what others see of them. */
class PresenceInBrowsersIT {

    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir static Path directory;

    private static final String TURN_TAB =
            "state => { Object.defineProperty(document, 'visibilityState', {value: state,"
                + " configurable: true}); document.dispatchEvent(new Event('visibilitychange')); }";

    private static ChattoServer server;

    @BeforeAll
    static void startServer() {
        server = ChattoServer.embedded(directory).start();
    }

    @AfterAll
    static void stopServer() {
        assertThat(server.terminate()).isZero();
        server.awaitNoProcessLeft();
    }

    @Test
    void showsOthersWhatSomebodyDoesAndChooses() {
        Visitor ada = browser.atDesk(server.uri(), "ada").signUp();
        Visitor ben = browser.atDesk(server.uri(), "ben").signUp();
        ada.createRoom("harbour");
        ben.joinRoom("harbour");
        ben.openMembers();
        ben.assertSeesPresence("@ada", "online");

        ada.page().evaluate(TURN_TAB, "hidden");
        ben.assertSeesPresence("@ada", "away");
        ada.page().evaluate(TURN_TAB, "visible");
        ben.assertSeesPresence("@ada", "online");

        ada.chooseStatus("Do not disturb");
        ben.assertSeesPresence("@ada", "doNotDisturb");
        ada.page().reload();
        ada.button("Account and settings").click();
        assertThat(ada.status("Do not disturb")).isChecked();
        ben.assertSeesPresence("@ada", "doNotDisturb");

        ada.status("Look offline").click();
        ben.assertSeesPresence("@ada", "offline");
        ada.chooseStatus("Online");
        ben.assertSeesPresence("@ada", "online");
    }

    @Test
    void followsAChoiceOnAnotherDevice() {
        Visitor desk = browser.atDesk(server.uri(), "both").signUp();
        Visitor phone = browser.withPhone(server.uri(), "both").signIn();

        phone.chooseStatus("Away");

        desk.button("Account and settings").click();
        assertThat(desk.status("Away")).isChecked();
    }

    @Test
    void marksEveryStateInLightAndDark() {
        Visitor eve = browser.atDesk(server.uri(), "eve").signUp();
        eve.createRoom("gallery");
        String room = eve.page().url().replaceAll(".*/rooms/([^/?#]+).*", "$1");
        Person olivia = member("olivia", room);
        Person amir = member("amir", room);
        Person dora = member("dora", room).choosePresence("doNotDisturb");
        member("otto", room);
        try (Feed _ = Feed.of(olivia);
                Feed idle = Feed.of(amir);
                Feed _ = Feed.of(dora)) {
            idle.report("away");
            eve.say("Who is there?");
            eve.openMembers();
            eve.assertSeesPresence("@olivia", "online");
            eve.assertSeesPresence("@amir", "away");
            eve.assertSeesPresence("@dora", "doNotDisturb");
            eve.assertSeesPresence("@otto", "offline");
            assertThat(eve.message("Hello from dora").getByTestId("presence"))
                    .hasAttribute("aria-label", "Do not disturb");
            assertThat(eve.message("Hello from otto").getByTestId("presence")).hasCount(0);

            eve.button("Account and settings").click();
            eve.keepScreen("presence-light");
            eve.page()
                    .emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            eve.keepScreen("presence-dark");
        }
    }

    /** Somebody without a browser who belongs to the room and has said something in it. */
    private static Person member(String login, String room) {
        Person person = Person.register(server.uri(), login).join(room);
        person.say(room, "Hello from " + login, Keys.next()).orFail();
        return person;
    }
}
