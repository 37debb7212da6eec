package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.server.ChattoServer;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Two people chat with each other, each in a browser of their own. */
class ChatInTwoBrowsersIT {

    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir static Path directory;

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
    void showsEachTheOthersMessagesAsTheyAreWrittenChangedAndDeleted() {
        Visitor ada = browser.atDesk(server.uri(), "ada").signUp();
        Visitor ben = browser.atDesk(server.uri(), "ben").signUp();
        ada.createRoom("harbour");
        ben.joinRoom("harbour");

        ada.say("Good **morning**");
        ben.assertSees("Good morning");
        ben.say("Morning! Coffee?");
        ada.assertSees("Morning! Coffee?");
        assertThat(ben.page().getByTestId("message-text").locator("strong")).hasText("morning");

        ben.edit("Coffee?", "Morning! Tea?");
        ada.assertSees("Morning! Tea?");
        ada.delete("Good morning");
        ben.assertSees("This message was deleted");
        ada.assertSeesExactly("Morning! Tea?");
        ben.assertSeesExactly("Morning! Tea?");

        ada.page().reload();
        ben.page().reload();
        ada.assertSeesExactly("Morning! Tea?");
        ben.assertSeesExactly("Morning! Tea?");
        ada.assertSees("This message was deleted");
    }

    @Test
    void countsWhatIsUnreadInAnotherRoomUntilItIsRead() {
        Visitor ada = browser.atDesk(server.uri(), "unread.ada").signUp();
        Visitor ben = browser.atDesk(server.uri(), "unread.ben").signUp();
        ada.createRoom("talk");
        ben.joinRoom("talk");
        ben.createRoom("elsewhere");

        ada.say("one");
        ada.say("two");

        Locator badge = ben.roomLink("talk").getByTestId("unread-badge");
        assertThat(badge).hasText("2");
        ben.openRoom("talk");
        ben.assertSees("two");
        assertThat(badge).hasCount(0);
    }

    @Test
    void keepsASessionUntilItIsSignedOut() {
        Visitor ada = browser.atDesk(server.uri(), "leaving").signUp();
        ada.page().reload();
        assertThat(ada.page().getByRole(AriaRole.NAVIGATION)).isVisible();

        // The page may learn of it from its feed first, and then asks whether it is so.
        ada.expectOutage();
        ada.button("Account and settings").click();
        ada.page().getByText("Sign out").click();

        assertThat(ada.button("Sign in")).isVisible();
        ada.signIn();
    }

    @Test
    void needsNothingButTheKeyboard() {
        Visitor ada = browser.atDesk(server.uri(), "typist").signUp();
        ada.createRoom("keyboard");
        var keyboard = ada.page().keyboard();

        // Typing anywhere goes to the composer.
        keyboard.type("first line");
        keyboard.press("Shift+Enter");
        keyboard.type("second line");
        keyboard.press("Enter");
        ada.assertSees("first line");
        assertThat(ada.composer()).isFocused();
        assertThat(ada.composer()).hasValue("");

        keyboard.press("ArrowUp");
        keyboard.type(", changed");
        keyboard.press("Enter");
        ada.assertSeesExactly("first line\nsecond line, changed");
        assertThat(ada.composer()).isFocused();

        keyboard.press("ArrowUp");
        keyboard.type(" and not kept");
        keyboard.press("Escape");
        ada.assertSeesExactly("first line\nsecond line, changed");

        keyboard.press("Control+k");
        keyboard.type("keyb");
        assertThat(ada.page().getByTestId("destination").first()).containsText("keyb");
        keyboard.press("Enter");
        assertThat(ada.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    @Test
    void fitsAPhone() {
        Visitor ada = browser.withPhone(server.uri(), "commuter").signUp();
        Visitor ben = browser.atDesk(server.uri(), "colleague").signUp();
        ada.createRoom("tram");
        ben.joinRoom("tram");

        ada.composer().fill("On my way");
        ada.button("Send message").tap();
        String endless = "and-one-more".repeat(30);
        ben.say("Take your time " + endless);

        ada.assertSees("On my way");
        ada.assertSees("Take your time");
        Object overflow =
                ada.page()
                        .evaluate(
                                "document.documentElement.scrollWidth -"
                                        + " document.documentElement.clientWidth");
        assertThat(overflow).isEqualTo(0);
        assertThat(ada.composer()).isInViewport();
        assertThat(ada.button("Send message")).isInViewport();
    }
}
