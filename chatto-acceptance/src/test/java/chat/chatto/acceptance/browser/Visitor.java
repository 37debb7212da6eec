package chat.chatto.acceptance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.chatto.acceptance.client.Person;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import org.assertj.core.api.Assertions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody in front of a browser. What they do is named as they would name it. */
public final class Visitor {

    /** For what has to travel through servers and the network, on a machine that does much else. */
    private static final double PATIENCE_MILLIS = 20_000;

    /** What Chromium itself writes about a server that it cannot reach; only scripts' own errors count then. */
    private static final String UNREACHABLE =
            "(?s)(Failed to load resource: .*|WebSocket connection to .* failed.*)";

    private static final String REPORT_VIOLATIONS =
            "document.addEventListener('securitypolicyviolation', event =>"
                    + " console.error(`content policy: ${event.violatedDirective}"
                    + " ${event.blockedURI}`));";

    private final Page page;
    private final String login;
    private final List<String> complaints = new ArrayList<>();
    private boolean expectsOutage;

    Visitor(Page page, String login) {
        this.page = page;
        this.login = login;
        page.addInitScript(REPORT_VIOLATIONS);
        page.onConsoleMessage(this::hear);
        page.onPageError(error -> complaints.add("uncaught: " + error));
    }

    public Page page() {
        return page;
    }

    public String login() {
        return login;
    }

    /** From now on the browser may say that the server cannot be reached. */
    public Visitor expectOutage() {
        expectsOutage = true;
        return this;
    }

    public Visitor signUp() {
        page.navigate("/sign-up");
        field("Your name").fill(login);
        field("Login").fill(login);
        field("Password").fill(Person.PASSWORD);
        button("Create account").click();
        assertThat(page.getByRole(AriaRole.NAVIGATION, named("Rooms"))).isVisible(patiently());
        return this;
    }

    public Visitor signIn() {
        page.navigate("/sign-in");
        field("Login").fill(login);
        field("Password").fill(Person.PASSWORD);
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.NAVIGATION, named("Rooms"))).isVisible(patiently());
        return this;
    }

    public void createRoom(String name) {
        page.getByRole(AriaRole.NAVIGATION, named("Rooms"))
                .getByRole(AriaRole.BUTTON, buttonNamed("Create room"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG, named("Create a room"));
        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(name);
        dialog.getByRole(AriaRole.BUTTON, buttonNamed("Create room")).click();
        assertIn(name);
    }

    public void joinRoom(String name) {
        button("Find or browse rooms").click();
        page.getByRole(AriaRole.SEARCHBOX, named("Search rooms")).fill(name);
        button("Join " + name).click();
        assertIn(name);
    }

    public void openRoom(String name) {
        roomLink(name).click();
        assertIn(name);
    }

    public Locator roomLink(String name) {
        return page.getByTestId("room-link").filter(new Locator.FilterOptions().setHasText(name));
    }

    public void say(String text) {
        composer().fill(text);
        composer().press("Enter");
    }

    public Locator composer() {
        return page.getByRole(
                AriaRole.TEXTBOX,
                new Page.GetByRoleOptions().setName(Pattern.compile("^Message ")));
    }

    /** The messages in the document: those in view and some around them. */
    public Locator messages() {
        return page.getByTestId("message");
    }

    public Locator message(String text) {
        return messages().filter(new Locator.FilterOptions().setHasText(text));
    }

    public Locator unsent() {
        return page.getByTestId("unsent-message");
    }

    public void assertSees(String text) {
        assertThat(message(text)).isVisible(patiently());
    }

    /** The texts of all messages in the document are these, in this order, and nothing waits to be sent. */
    public void assertSeesExactly(String... texts) {
        assertThat(page.getByTestId("message-text"))
                .hasText(texts, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(unsent())
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
    }

    public void assertConnection(String state) {
        assertThat(page.getByTestId("connection"))
                .hasAttribute(
                        "data-state",
                        state,
                        new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MILLIS));
    }

    public void edit(String text, String newText) {
        act(text, "Edit message");
        Locator editor = page.getByRole(AriaRole.TEXTBOX, named("Edit message"));
        editor.fill(newText);
        button("Save changes").click();
        assertSees(newText);
    }

    public void delete(String text) {
        act(text, "Delete message");
        page.getByRole(AriaRole.DIALOG, named("Delete this message?"))
                .getByRole(AriaRole.BUTTON, buttonNamed("Delete"))
                .click();
        assertThat(message(text))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
    }

    /** Chooses in the account's menu how to be shown. */
    public void chooseStatus(String name) {
        button("Account and settings").click();
        status(name).click();
        assertThat(page.getByRole(AriaRole.MENU, named("Account"))).hasCount(0);
    }

    /** An entry of the account's menu, while that is open, that says how one is shown. */
    public Locator status(String name) {
        return page.getByRole(
                AriaRole.MENUITEMRADIO,
                new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    /** The mark at somebody's picture in the pane of members, which has to be open. */
    public void assertSeesPresence(String name, String state) {
        assertThat(
                        page.getByTestId("member")
                                .filter(new Locator.FilterOptions().setHasText(name))
                                .getByTestId("presence"))
                .hasAttribute(
                        "data-state",
                        state,
                        new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MILLIS));
    }

    public void openMembers() {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^Members")))
                .click();
    }

    public Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    /** Keeps the screen as it is now. */
    public void keepScreen(String name) {
        keepScreen(BrowserExtension.SCREENSHOTS, name);
    }

    void keepScreen(Path directory, String test) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(directory.resolve(test + "-" + login + ".png")));
    }

    void assertNoComplaints() {
        Assertions.assertThat(complaints).as("what the page of %s complained of", login).isEmpty();
    }

    private void assertIn(String room) {
        assertThat(
                        page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions()
                                        .setLevel(1)
                                        .setName(room)
                                        .setExact(true)))
                .isVisible(patiently());
    }

    /** Uses a button that a message shows under the pointer. */
    public void act(String text, String action) {
        Locator message = message(text).first();
        message.hover();
        message.getByRole(AriaRole.BUTTON, buttonNamed(action)).click();
    }

    /** Chooses in the menu of a message. */
    public void choose(String text, String item) {
        act(text, "More actions");
        page.getByRole(AriaRole.MENU, named("Message"))
                .getByRole(
                        AriaRole.MENUITEM,
                        new Locator.GetByRoleOptions().setName(item).setExact(true))
                .click();
    }

    private void hear(ConsoleMessage message) {
        boolean bad = message.type().equals("error") || message.type().equals("warning");
        if (bad && !(expectsOutage && message.text().matches(UNREACHABLE))) {
            complaints.add(
                    message.type() + ": " + message.text() + " (" + message.location() + ")");
        }
    }

    private Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions buttonNamed(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }
}
