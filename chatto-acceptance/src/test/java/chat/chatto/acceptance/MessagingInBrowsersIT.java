package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.server.ChattoServer;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** People answer, quote, pin, forward and follow. */
class MessagingInBrowsersIT {

    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir static Path directory;

    private static final String TIDE = "The tide turns at noon";

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
    void answersQuoteAndThreadsReachTheRoom() {
        Visitor ada = browser.atDesk(server.uri(), "ada").signUp();
        Visitor ben = browser.withPhone(server.uri(), "ben").signUp();
        ada.createRoom("harbour");
        ada.say(TIDE);
        ada.say("Lunch is at one");
        ben.joinRoom("harbour");

        ada.act(TIDE, "Reply");
        assertThat(ada.page().getByTestId("answering")).containsText(TIDE);
        ada.say("Then we leave at eleven");
        Locator quote = ben.message("Then we leave").getByTestId("quote");
        assertThat(quote).containsText(TIDE);
        quote.click();
        assertThat(ben.message(TIDE).first()).hasClass(Pattern.compile("highlighted"));

        ada.act(TIDE, "Reply in thread");
        Locator thread = ada.page().getByRole(AriaRole.COMPLEMENTARY);
        thread.getByRole(AriaRole.CHECKBOX).check();
        Locator reply = thread.getByRole(AriaRole.TEXTBOX);
        reply.fill("I bring the boat");
        reply.press("Enter");
        ben.assertSees("Replied in a thread");
        assertThat(ben.message("I bring the boat")).hasCount(1);
        Locator follow = thread.getByTestId("follow-thread");
        assertThat(follow).hasAttribute("aria-pressed", "true");
        follow.click();
        assertThat(follow).hasAttribute("aria-pressed", "false");
        ada.keepScreen("messaging-thread");

        ben.keepScreen("messaging-phone");
        ben.button("Replied in a thread").click();
        assertThat(ben.page().getByText("Also sent to the room")).isVisible();
        ben.keepScreen("messaging-phone-thread");
    }

    @Test
    void pinsAndCopiesAreFoundAgain() {
        Visitor eve = browser.atDesk(server.uri(), "eve").signUp();
        eve.createRoom("quay");
        eve.createRoom("workshop");
        eve.say("The **key** hangs behind the door");
        eve.say("Nobody has seen the hammer");

        eve.choose("The key hangs", "Pin to the room");
        eve.assertSees("Pinned by eve");
        eve.button("Pinned messages").click();
        assertThat(eve.page().getByTestId("pin")).hasCount(1);
        eve.choose("Nobody has seen", "Pin to the room");
        assertThat(eve.page().getByTestId("pin")).hasCount(2);
        eve.keepScreen("messaging-pins");
        eve.button("Take the pin away").first().click();
        assertThat(eve.page().getByTestId("pin")).hasCount(1);

        eve.act("The key hangs", "React with thumbs up");
        eve.choose("The key hangs", "Who reacted");
        assertThat(dialog(eve, "Reactions")).containsText("@eve");
        dialog(eve, "Reactions").getByLabel("Close").click();

        eve.choose("The key hangs", "Forward…");
        dialog(eve, "Forward message").getByTestId("forward-room").getByText("quay").click();
        dialog(eve, "Forward message").getByLabel("Add a word").fill("Keep this");
        eve.keepScreen("messaging-forward");
        eve.button("Forward").click();
        eve.openRoom("quay");
        assertThat(eve.message("Keep this").getByTestId("forwarded"))
                .containsText("The key hangs behind the door");
        eve.keepScreen("messaging-forwarded");

        eve.button("Today").click();
        eve.keepScreen("messaging-date");
        eve.button("Jump").click();
        assertThat(eve.message("Keep this")).hasClass(Pattern.compile("highlighted"));
    }

    private static Locator dialog(Visitor visitor, String title) {
        return visitor.page()
                .getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title));
    }
}
