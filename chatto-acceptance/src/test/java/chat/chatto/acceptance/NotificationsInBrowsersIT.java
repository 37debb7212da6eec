package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** People hear of what concerns them on every device and server, find it again, and decide when they are disturbed. */
class NotificationsInBrowsersIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();
    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir static Path directory;

    private static final String SECRET_KEY = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final Pattern COUNTED = Pattern.compile("^\\(1\\) .*");
    private static final Pattern DRAWN = Pattern.compile("^data:image/png.*");

    /** A browser's own alerts, which nobody sees here. */
    private static final String COLLECT_ALERTS =
            "window.alerts = [];"
                    + "window.Notification = class extends EventTarget {"
                    + " static permission = 'granted';"
                    + " constructor(title) { super(); window.alerts.push(title); } };";

    private static final String LOOK_AWAY =
            "() => { Object.defineProperty(document, 'visibilityState', {value: 'hidden',"
                + " configurable: true}); document.dispatchEvent(new Event('visibilitychange')); }";

    private static ChattoServer one;
    private static ChattoServer other;

    @BeforeAll
    static void startServers() {
        one = ChattoServer.onNats(directory, nats.url(), SECRET_KEY).start();
        other = ChattoServer.onNats(directory, nats.url(), SECRET_KEY).start();
    }

    @AfterAll
    static void stopServers() {
        assertThat(one.terminate()).isZero();
        assertThat(other.terminate()).isZero();
    }

    @Test
    void aMentionIsBroughtToAttentionUntilItIsReadAnywhere() {
        Visitor ada = browser.atDesk(one.uri(), "ada").signUp();
        ada.createRoom("harbour");
        String room = roomOf(ada);
        Person ben = Person.register(other.uri(), "ben").join(room);
        ada.createRoom("elsewhere");
        Visitor tab = browser.atDesk(other.uri(), "ada").signIn();
        tab.page().navigate("/notifications");
        assertThat(tab.page().getByText("You are up to date")).isVisible();

        ben.say(room, "Good morning @ada, the ship is in", Keys.next()).orFail();

        assertThat(badge(ada)).hasText("1");
        assertThat(ada.page()).hasTitle(COUNTED);
        assertThat(ada.page().locator("link[rel=icon]")).hasAttribute("href", DRAWN);
        assertThat(badge(tab)).hasText("1");
        Locator entry = tab.page().getByTestId("notification");
        assertThat(entry).containsText("Good morning @ada, the ship is in");
        open(ada, "Notifications").getByTestId("notification").getByRole(AriaRole.LINK).click();

        ada.assertSees("the ship is in");
        assertThat(ada.message("the ship is in")).hasClass(Pattern.compile("highlighted"));
        assertThat(badge(ada)).hasCount(0);
        assertThat(ada.page()).not().hasTitle(COUNTED);
        assertThat(badge(tab)).hasCount(0);
        assertThat(entry.getByLabel("Unread")).hasCount(0);
        tab.keepScreen("notifications");

        tab.button("Clear all notifications").click();
        assertThat(tab.page().getByText("You are up to date")).isVisible();
        open(ada, "Notifications");
        assertThat(ada.page().getByText("You are up to date")).isVisible();
    }

    @Test
    void aThreadIsListedWithWhatIsNewInItAndIsSilentIfWished() {
        Visitor cleo = browser.atDesk(one.uri(), "cleo").signUp();
        cleo.createRoom("library");
        String room = roomOf(cleo);
        Person dan = Person.register(other.uri(), "dan").join(room);
        cleo.say("Which book next?");
        cleo.assertSees("Which book next?");
        cleo.createRoom("garden");

        dan.reply(room, 0, "The one about whales", Keys.next()).orFail();

        Locator news = cleo.page().getByTestId("threads-badge");
        assertThat(news).hasText("1");
        Locator thread = open(cleo, "Threads").getByTestId("followed-thread");
        assertThat(thread.getByTestId("thread-unread")).hasText("1 new");
        cleo.keepScreen("threads");
        thread.getByRole(AriaRole.LINK).click();
        cleo.assertSees("The one about whales");
        assertThat(news).hasCount(0);

        cleo.button("Thread menu").click();
        cleo.page().getByRole(AriaRole.MENUITEM, named("Notifications")).click();
        Locator wish = cleo.page().getByRole(AriaRole.RADIOGROUP, named("Threads you follow"));
        awaitAnswer(cleo, "\"thread\"", () -> wish.getByLabel("Off").check());
        cleo.keepScreen("thread-notifications");
        cleo.button("Close").last().click();
        cleo.openRoom("garden");
        dan.reply(room, 0, "With a captain", Keys.next()).orFail();
        dan.reply(room, 0, "@cleo and with an index", Keys.next()).orFail();
        assertThat(badge(cleo)).hasText("1");
        Locator entries = open(cleo, "Notifications").getByTestId("notification");
        assertThat(entries.first()).containsText("and with an index");
        assertThat(entries.filter(new Locator.FilterOptions().setHasText("captain"))).hasCount(0);
    }

    @Test
    void nobodyIsAlertedInTheirQuietHours() {
        Visitor eve = browser.atDesk(one.uri(), "eve");
        eve.page().addInitScript(COLLECT_ALERTS);
        eve.signUp().createRoom("kitchen");
        String room = roomOf(eve);
        Person fred = Person.register(other.uri(), "fred").join(room);
        open(eve, "Notifications");
        eve.page().evaluate(LOOK_AWAY);
        fred.say(room, "@eve tea?", Keys.next()).orFail();
        assertThat(badge(eve)).hasText("1");
        eve.page().waitForFunction("window.alerts.length === 1");

        eve.button("Notification settings").click();
        eve.page().getByLabel("Do not disturb at certain hours").check();
        setHour(eve, "From");
        setHour(eve, "to");
        eve.keepScreen("notification-settings");
        eve.button("Close").click();

        fred.say(room, "@eve it gets cold", Keys.next()).orFail();
        assertThat(badge(eve)).hasText("2");
        assertThat(eve.page().evaluate("window.alerts.length")).isEqualTo(1);
    }

    /** Sets the beginning or the end to midnight: from midnight to midnight is the whole day. */
    private static void setHour(Visitor visitor, String label) {
        Locator hour =
                visitor.page().getByLabel(label, new Page.GetByLabelOptions().setExact(true));
        String field = "\"" + label.toLowerCase(Locale.ROOT) + "\"";
        awaitAnswer(visitor, field, () -> hour.fill("00:00"));
    }

    /** Does something and waits until the server has taken what was sent for it. */
    private static void awaitAnswer(Visitor visitor, String sent, Runnable action) {
        visitor.page()
                .waitForResponse(
                        response ->
                                response.ok()
                                        && String.valueOf(response.request().postData())
                                                .contains(sent),
                        action);
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

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
