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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** People talk among themselves, and those who run the server say who belongs where. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoomsInBrowsersIT {

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
    @Order(1)
    void putsGroupsInOrderAndBansForAllToSeeAtOnce() {
        Visitor olga = browser.atDesk(server.uri(), "olga").signUp();
        olga.page().navigate("/setup#" + claimToken());
        olga.button("Become the owner").click();
        olga.button("Create group").click();
        Locator dialog = dialog(olga, "Create a group");
        dialog.getByLabel("Name", exactly()).fill("Projects");
        dialog.getByRole(AriaRole.BUTTON, named("Create group")).click();
        olga.createRoom("apollo");
        Visitor ben = browser.atDesk(server.uri(), "ben").signUp();
        ben.joinRoom("apollo");

        olga.button("Room menu").click();
        olga.page()
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Room settings"))
                .click();
        Locator settings = dialog(olga, "Edit room");
        settings.getByLabel("Group").selectOption("Projects");
        settings.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(groups(ben).last()).containsText("Projects");
        assertThat(groups(ben).last()).containsText("apollo");

        olga.button("Settings of Projects").click();
        dialog(olga, "Group settings").getByRole(AriaRole.BUTTON, named("Move up")).click();
        assertThat(groups(ben).first()).containsText("Projects");
        olga.keepScreen("groups");
        olga.page().keyboard().press("Escape");

        olga.createRoom("zephyr");
        olga.roomLink("zephyr").dragTo(olga.roomLink("apollo"), ontoUpperHalf());
        assertThat(groups(olga).first()).containsText(Pattern.compile("zephyr\\s*apollo"));
        olga.button("Room menu").click();
        olga.page().getByRole(AriaRole.MENUITEM, moveDown()).click();
        assertThat(groups(olga).first()).containsText(Pattern.compile("apollo\\s*zephyr"));
        olga.openRoom("apollo");

        olga.openMembers();
        olga.page().getByTestId("member").filter(withText("@ben")).hover();
        olga.button("Actions for ben").click();
        olga.page()
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Ban from room"))
                .click();
        Locator ban = dialog(olga, "Ban ben");
        ban.getByLabel("Reason").fill("Noise");
        olga.keepScreen("ban");
        ban.getByRole(AriaRole.BUTTON, named("Ban")).click();

        assertThat(ben.button("Join room")).isVisible();
        assertThat(ben.roomLink("apollo")).hasCount(0);
    }

    @Test
    @Order(2)
    void letsTwoTalkAmongThemselvesAtOnce() {
        Visitor ada = browser.atDesk(server.uri(), "ada").signUp();
        Visitor cleo = browser.atDesk(server.uri(), "cleo").signUp();

        ada.button("New message").click();
        ada.page().getByRole(AriaRole.COMBOBOX, people()).fill("cle");
        ada.page().getByTestId("person").filter(withText("@cleo")).click();
        ada.keepScreen("new-message");
        ada.button("Start conversation").click();
        ada.say("Between us");

        Locator link = cleo.page().getByTestId("conversation-link");
        assertThat(link).containsText("ada");
        assertThat(link.getByTestId("unread-badge")).hasText("1");
        assertThat(link.getByTestId("presence")).hasAttribute("data-state", "online");
        link.click();
        cleo.assertSees("Between us");
        cleo.say("Only us");
        ada.assertSees("Only us");
        cleo.keepScreen("conversation");

        cleo.page().navigate("/");
        cleo.assertSees("Between us");
    }

    private static String claimToken() {
        Matcher link = Pattern.compile("/setup#([A-Za-z0-9_-]+)").matcher(server.log());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private static Locator groups(Visitor visitor) {
        return visitor.page().getByTestId("room-group");
    }

    private static Locator.DragToOptions ontoUpperHalf() {
        return new Locator.DragToOptions().setTargetPosition(40, 4);
    }

    private static Page.GetByRoleOptions moveDown() {
        return new Page.GetByRoleOptions().setName("Move down in the list");
    }

    private static Locator dialog(Visitor visitor, String name) {
        return visitor.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByLabelOptions exactly() {
        return new Locator.GetByLabelOptions().setExact(true);
    }

    private static Page.GetByRoleOptions people() {
        return new Page.GetByRoleOptions().setName("Search people");
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
