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

/** Finding what was said, with a server that nobody configured. */
class SearchInBrowsersIT {

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
    }

    @Test
    void whatWasSaidIsFoundAndLeadsToWhereItWasSaid() {
        Visitor ada = browser.atDesk(server.uri(), "ada").signUp();
        ada.createRoom("launches");
        ada.say("The rockets fly at noon");
        ada.say("Bring tea, see https://example.org");
        ada.say("I would rather have coffee");
        ada.assertSees("rather have coffee");

        ada.page().keyboard().press("Control+/");
        Locator field = ada.page().getByRole(AriaRole.SEARCHBOX, named("Search messages"));
        assertThat(field).isFocused();
        assertThat(ada.page().getByText("in #launches")).isVisible();
        field.fill("rocket");
        search(ada, field, 1);
        assertThat(hits(ada).locator("mark")).hasText("rockets");
        field.fill("");
        ada.button("Links").click();
        search(ada, field, 1);
        assertThat(hits(ada)).containsText("Bring tea");
        field.fill("rocket from:ada");
        search(ada, field, 1);
        hits(ada).click();
        assertThat(ada.page()).hasURL(Pattern.compile("/rooms/.+/0$"));
        ada.assertSees("The rockets fly at noon");

        Visitor ben = browser.withPhone(server.uri(), "ben").signUp();
        ben.page().navigate("/search?q=rocket");
        assertThat(ben.page().getByText("Nothing found")).isVisible();

        ada.page().keyboard().press("Control+k");
        Locator switcher = ada.page().getByRole(AriaRole.COMBOBOX, named("Room or person"));
        switcher.fill("?coff*");
        switcher.press("Enter");
        assertThat(hits(ada)).containsText("I would rather have coffee");
    }

    /** What was said just now is found within a second. */
    private static void search(Visitor visitor, Locator field, int hits) {
        for (int attempt = 0; attempt < 10; attempt++) {
            field.press("Enter");
            hits(visitor).first().or(visitor.page().getByText("Nothing found")).waitFor();
            if (hits(visitor).count() == hits) {
                break;
            }
            visitor.page().waitForTimeout(300);
        }
        assertThat(hits(visitor)).hasCount(hits);
    }

    private static Locator hits(Visitor visitor) {
        return visitor.page().getByTestId("search-hit");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
