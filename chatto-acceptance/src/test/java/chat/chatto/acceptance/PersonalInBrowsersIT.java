package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.server.ChattoServer;
import chat.chatto.storage.jetstream.NatsServerExtension;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

/** What belongs to one person follows them to other devices and servers; what they tell reaches the others. */
class PersonalInBrowsersIT {

    @RegisterExtension static final NatsServerExtension nats = new NatsServerExtension();
    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir static Path directory;

    private static final String SECRET_KEY = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final Pattern SETUP = Pattern.compile("/setup#[A-Za-z0-9_-]+");

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
    void aDraftIsFinishedOnAnotherDevice() {
        Visitor desk = browser.atDesk(one.uri(), "drafting").signUp();
        desk.createRoom("letters");
        desk.say("A message to keep");
        desk.composer().fill("Dear all, I have begun");
        Visitor phone = browser.withPhone(other.uri(), "drafting").signIn();

        assertThat(phone.page().getByTestId("draft-badge")).isVisible();
        phone.openRoom("letters");
        assertThat(phone.composer()).hasValue("Dear all, I have begun");
        phone.composer().fill("Dear all, I have finished");
        assertThat(desk.composer()).hasValue("Dear all, I have finished");

        phone.button("Send message").click();
        desk.assertSees("Dear all, I have finished");
        assertThat(desk.composer()).hasValue("");
        desk.page().reload();
        assertThat(desk.composer()).hasValue("");

        choose(desk, "A message to keep", "Save for later");
        phone.page().navigate("/saved");
        assertThat(phone.page().getByTestId("saved-message")).containsText("A message to keep");
        choose(desk, "A message to keep", "Mark unread from here");
        assertThat(desk.roomLink("letters").getByTestId("unread-badge")).hasText("2");
    }

    @Test
    void anEmojiOfTheServerIsUsedInTextAndReactions() throws IOException {
        Visitor ada = browser.atDesk(one.uri(), "ada").signUp();
        ada.page().navigate(setupPath());
        ada.button("Become the owner").click();
        assertThat(ada.page().getByRole(AriaRole.NAVIGATION)).isVisible();
        ada.page().navigate("/");
        ada.createRoom("zoo");
        ada.button("Account and settings").click();
        menuItem(ada, "Custom emoji").click();
        Locator dialog = dialog(ada, "Custom emoji");
        dialog.getByLabel("Picture of the emoji")
                .setInputFiles(new FilePayload("Kakapo!.png", "image/png", picture()));
        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill("kakapo");
        ada.button("Add emoji").click();
        assertThat(ada.page().getByTestId("custom-emoji")).containsText(":kakapo:");
        ada.button("Done").click();

        Visitor ben = browser.atDesk(other.uri(), "ben").signUp();
        ben.joinRoom("zoo");
        ben.composer().pressSequentially("Look, a :kak");
        assertThat(ben.page().getByTestId("completion")).containsText(":kakapo:");
        ben.composer().press("Enter");
        ben.composer().pressSequentially("and :tad");
        ben.composer().press("Tab");
        ben.composer().press("Enter");
        Locator message = ada.messages().last();
        assertThat(message.locator("img.emoji")).hasAttribute("alt", ":kakapo:");
        assertThat(message).containsText("🎉");

        message.hover();
        message.getByRole(AriaRole.BUTTON, exactly("Add reaction")).click();
        Locator picker = ada.page().getByTestId("emoji-picker");
        assertThat(picker.getByText("Animals and nature")).hasCount(1);
        picker.getByLabel("Search emoji").fill("kakapo");
        picker.getByLabel("Search emoji").press("Enter");
        Locator reaction = ben.messages().last().getByTestId("reaction");
        assertThat(reaction).hasAttribute("data-emoji", ":kakapo:");
        assertThat(reaction.locator("img")).isVisible();
        reaction.click();
        assertThat(ada.messages().last().getByTestId("reaction")).hasText("2");
    }

    @Test
    void aStatusShowsToOthersAtOnceAndUntilItIsOver() {
        Visitor eve = browser.atDesk(one.uri(), "eve").signUp();
        eve.createRoom("office");
        eve.say("Hello from eve");
        Visitor max = browser.atDesk(other.uri(), "max").signUp();
        max.joinRoom("office");
        assertThat(max.page().getByTestId("status")).hasCount(0);

        eve.button("Account and settings").click();
        menuItem(eve, "Set a status").click();
        eve.button("In a meeting").click();
        eve.button("Save").click();
        Locator status = max.message("Hello from eve").getByTestId("status");
        assertThat(status)
                .hasAttribute("aria-label", Pattern.compile("Status: In a meeting .*until.*"));
        max.message("Hello from eve").getByRole(AriaRole.BUTTON, exactly("eve")).click();
        assertThat(max.page().getByTestId("profile-card")).containsText("@eve");
        assertThat(max.page().getByTestId("profile-status")).containsText("In a meeting");
        max.page().keyboard().press("Escape");

        eve.button("Account and settings").click();
        menuItem(eve, "Change your status").click();
        eve.button("Clear status").click();
        assertThat(status).hasCount(0);
    }

    private static void choose(Visitor visitor, String message, String action) {
        Locator row = visitor.message(message);
        row.hover();
        row.getByRole(AriaRole.BUTTON, exactly("More actions")).click();
        menuItem(visitor, action).click();
    }

    private static Locator menuItem(Visitor visitor, String name) {
        return visitor.page()
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator dialog(Visitor visitor, String name) {
        return visitor.page().getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator.GetByRoleOptions exactly(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static String setupPath() {
        Matcher link = SETUP.matcher(one.log());
        assertThat(link.find()).as("The server says how to become its owner").isTrue();
        return link.group();
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.GREEN);
        graphics.fillOval(4, 4, 40, 40);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
