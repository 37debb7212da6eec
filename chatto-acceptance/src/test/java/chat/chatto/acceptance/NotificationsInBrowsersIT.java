package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
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

/** People hear of what concerns them, find it again, and decide what that is. */
class NotificationsInBrowsersIT {

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
    void bringsMentionsToAttentionAndOpensThem() {
        Visitor ada = browser.atDesk(server.uri(), "ada").signUp();
        ada.createRoom("harbour");
        Person ben = member(ada, "ben");
        String room = roomOf(ada);
        ada.createRoom("elsewhere");

        ben.say(room, "Good morning @ada, the ship is in", Keys.next()).orFail();
        ben.say(room, "@all come and see", Keys.next()).orFail();

        assertThat(badge(ada)).hasText("2");
        assertThat(ada.page()).hasTitle(Pattern.compile("^\\(2\\) .*"));
        Locator list = open(ada, "Notifications");
        assertThat(list.getByTestId("notification")).hasCount(2);
        ada.keepScreen("notifications-light");
        list.getByTestId("notification").last().getByRole(AriaRole.LINK).click();
        ada.assertSees("the ship is in");
        assertThat(badge(ada)).hasCount(0);
        assertThat(ada.page()).not().hasTitle(Pattern.compile("^\\(.*"));
    }

    @Test
    void keepsFollowedThreadsWithWhatIsNewInThem() {
        Visitor cleo = browser.atDesk(server.uri(), "cleo").signUp();
        cleo.createRoom("library");
        Person dan = member(cleo, "dan");
        String room = roomOf(cleo);
        cleo.say("Which book next?");
        cleo.assertSees("Which book next?");
        cleo.createRoom("garden");

        dan.reply(room, 1, "The one about whales", Keys.next()).orFail();

        assertThat(cleo.page().getByTestId("threads-badge")).hasText("1");
        Locator threads = open(cleo, "Threads");
        assertThat(threads.getByTestId("thread-unread")).hasText("1 new");
        cleo.keepScreen("threads-light");
        threads.getByTestId("followed-thread").getByRole(AriaRole.LINK).click();
        cleo.assertSees("The one about whales");
        assertThat(cleo.page().getByTestId("threads-badge")).hasCount(0);
    }

    @Test
    void listensToWhatSomebodyWishes() {
        Visitor eve = browser.withPhone(server.uri(), "eve").signUp();
        eve.createRoom("kitchen");
        Person fred = member(eve, "fred");
        String room = roomOf(eve);
        eve.button("Room menu").click();
        eve.page().getByRole(AriaRole.MENUITEM, named("Notifications")).click();
        choose(eve, "@all", "Off");
        eve.keepScreen("room-notifications");
        eve.button("Close").click();
        eve.page().getByRole(AriaRole.LINK, linkNamed("Back to rooms")).click();

        fred.say(room, "@all tea?", Keys.next()).orFail();
        fred.say(room, "@eve tea?", Keys.next()).orFail();

        assertThat(badge(eve)).hasText("1");
        Locator list = open(eve, "Notifications");
        assertThat(list.getByTestId("notification")).hasCount(1);
        eve.keepScreen("notifications-phone");
        eve.button("Notification settings").click();
        eve.page().getByText("Do not disturb at certain hours").click();
        assertThat(eve.page().getByLabel("Time zone")).isVisible();
        eve.keepScreen("notification-settings");
        eve.button("Close").click();
        eve.button("Mark all as read").click();
        eve.button("Clear all notifications").click();
        assertThat(eve.page().getByText("You are up to date")).isVisible();
    }

    private static void choose(Visitor visitor, String cause, String mode) {
        visitor.page()
                .getByRole(AriaRole.RADIOGROUP, named(cause))
                .getByText(mode, new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    /** Opens a view by its link beside the rooms. */
    private static Locator open(Visitor visitor, String name) {
        visitor.page()
                .getByRole(AriaRole.NAVIGATION, named("Rooms"))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        assertThat(visitor.page().getByRole(AriaRole.HEADING, named(name)).first()).isVisible();
        return visitor.page().getByRole(AriaRole.MAIN);
    }

    private static Locator badge(Visitor visitor) {
        return visitor.page().getByTestId("notification-badge");
    }

    private static String roomOf(Visitor visitor) {
        return visitor.page().url().replaceAll(".*/rooms/([^/?#]+).*", "$1");
    }

    /** Somebody without a browser who belongs to the room that a visitor looks at and has said something in it. */
    private static Person member(Visitor visitor, String login) {
        String room = roomOf(visitor);
        Person person = Person.register(server.uri(), login).join(room);
        person.say(room, "Hello from " + login, Keys.next()).orFail();
        visitor.assertSees("Hello from " + login);
        return person;
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions linkNamed(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
