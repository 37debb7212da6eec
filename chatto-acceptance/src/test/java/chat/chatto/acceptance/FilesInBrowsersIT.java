package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.server.ChattoServer;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

/** Files are chosen, dropped, pasted, sent through bad connections, looked at and downloaded. */
class FilesInBrowsersIT {

    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir static Path directory;

    private static final String PARTS = "**/api/v1/uploads/*";
    private static final Pattern SHOWN = Pattern.compile("shown");

    /** Brings a file as a person does who drags it over the messages, or who pastes it into the field. */
    private static final String BRING =
            """
            ([way, name, content]) => {
              const bytes = Uint8Array.from(atob(content), character => character.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], name, { type: 'image/png' }));
              const how = { bubbles: true, cancelable: true };
              const messages = document.querySelector('[role=log]');
              if (way === 'paste')
                document.querySelector('textarea')
                  .dispatchEvent(new ClipboardEvent('paste', { ...how, clipboardData: data }));
              else messages.dispatchEvent(new DragEvent(way, { ...how, dataTransfer: data }));
            }
            """;

    /** Chooses files that need not travel from the test to the browser. */
    private static final String CHOOSE =
            """
            ([count, bytes]) => {
              const data = new DataTransfer();
              for (let index = 0; index < count; index += 1)
                data.items.add(new File([new Uint8Array(bytes)], `archive-${index}.bin`));
              const chooser = document.querySelector('[data-testid=file-chooser]');
              chooser.files = data.files;
              chooser.dispatchEvent(new Event('change', { bubbles: true }));
            }
            """;

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
    void picturesAreSentSeenAndLookedAt() {
        Visitor ada = browser.atDesk(server.uri(), "ada").signUp();
        Visitor ben = browser.withPhone(server.uri(), "ben").signUp();
        ada.createRoom("harbour");
        ben.joinRoom("harbour");
        List<Route> held = new ArrayList<>();
        var flowing = new AtomicBoolean();
        ada.page()
                .route(
                        PARTS,
                        route -> {
                            if (flowing.get()) {
                                route.resume();
                            } else {
                                held.add(route);
                            }
                        });

        choose(ada, new FilePayload("boats.png", "image/png", picture(Color.BLUE)));
        assertThat(uploads(ada)).hasAttribute("data-state", "sending");
        assertThat(ada.page().getByLabel("Uploading boats.png")).isVisible();
        bring(ada, "dragenter", "quay.png", picture(Color.RED));
        assertThat(ada.page().getByTestId("drop-overlay")).containsText("#harbour");
        bring(ada, "drop", "quay.png", picture(Color.RED));
        bring(ada, "paste", "nets.png", picture(Color.GREEN));
        assertThat(ada.page().getByTestId("drop-overlay")).hasCount(0);
        assertThat(uploads(ada)).hasCount(3);

        ada.say("The harbour this morning");
        ada.say("It was cold");
        ben.assertSees("It was cold");
        assertThat(ada.unsent()).containsText("Sent as soon as its files have arrived");
        ada.keepScreen("files-on-their-way");
        flowing.set(true);
        held.forEach(Route::resume);

        Locator pictures = ben.message("The harbour this morning").getByTestId("image");
        assertThat(pictures).hasCount(3);
        assertThat(pictures.last()).hasClass(SHOWN);
        assertThat(ada.unsent()).hasCount(0);
        pictures.first().tap();
        Locator lightbox = ben.page().getByTestId("lightbox");
        assertThat(lightbox).containsText("boats.png");
        assertThat(lightbox).containsText("1 of 3");
        assertThat(lightbox.locator(".shown")).hasCount(1);
        ben.keepScreen("files-lightbox-phone");
        ben.page().keyboard().press("ArrowRight");
        assertThat(lightbox).containsText("quay.png");
        ben.page().keyboard().press("Escape");
        assertThat(lightbox).hasCount(0);

        Locator image = ada.message("The harbour this morning").getByTestId("image").nth(1);
        image.hover();
        ada.button("Remove quay.png").click();
        dialog(ada, "Remove this file?").getByText("Remove", exactText()).click();
        assertThat(pictures).hasCount(2);
        ben.button("Room menu").tap();
        ben.page().getByRole(AriaRole.MENUITEM, named("Files")).tap();
        assertThat(ben.page().getByTestId("room-file")).hasCount(2);
        ben.button("Close files").tap();

        chooseAvatar(ada);
        Locator face = ben.page().getByRole(AriaRole.BUTTON, named("About ada")).first();
        assertThat(face.locator("img")).isVisible();
    }

    @Test
    void filesArriveThroughBadConnectionsAndAreOnlyDownloaded() {
        Visitor eve = browser.atDesk(server.uri(), "eve").signUp().expectOutage();
        eve.createRoom("archive");
        byte[] page = "<script>alert(document.cookie)</script>".getBytes(StandardCharsets.UTF_8);
        choose(eve, new FilePayload("page.html", "text/html", page));
        eve.say("Look at the source");

        Locator card = eve.message("Look at the source").getByTestId("file-card");
        APIResponse answer = eve.page().request().get(card.getAttribute("href"));
        assertThat(answer.body()).isEqualTo(page);
        assertThat(answer.headers())
                .containsEntry("content-type", "application/octet-stream")
                .containsEntry("x-content-type-options", "nosniff");
        assertThat(answer.headers().get("content-disposition")).startsWith("attachment");
        assertThat(answer.headers().get("content-security-policy")).contains("sandbox");
        Download download = eve.page().waitForDownload(card::click);
        assertThat(download.suggestedFilename()).isEqualTo("page.html");

        byte[] large = new byte[5 << 19];
        new Random(7).nextBytes(large);
        List<String> offsets = new ArrayList<>();
        eve.page().onRequest(request -> note(request, offsets));
        eve.page().route(PARTS, route -> cutOff(eve, route));
        choose(eve, new FilePayload("scan.raw", "", large));
        assertThat(uploads(eve)).hasAttribute("data-state", "waiting");
        eve.page().unroute(PARTS);
        eve.page().context().setOffline(false);
        assertThat(uploads(eve)).hasAttribute("data-state", "done");
        eve.say("As it came");

        Locator scan = eve.message("As it came").getByTestId("file-card");
        assertThat(eve.page().request().get(scan.getAttribute("href")).body()).isEqualTo(large);
        assertThat(offsets).as("It was not begun anew").containsOnlyOnce("0");

        eve.page().evaluate(CHOOSE, List.of(1, (25 << 20) + 1));
        assertThat(notice(eve)).containsText("too large");
        assertThat(notice(eve)).containsText("25 MB");
        eve.page().evaluate(CHOOSE, List.of(11, 10));
        assertThat(notice(eve)).containsText("10 files at most");
        assertThat(uploads(eve)).hasCount(10);
        eve.keepScreen("files-too-many");
    }

    /** Lets the first part through and loses the connection before the second. */
    private static void cutOff(Visitor visitor, Route route) {
        if ("0".equals(route.request().headers().get("upload-offset"))) {
            route.resume();
            return;
        }
        visitor.page().context().setOffline(true);
        route.abort();
    }

    /** Where the parts begin that the server has been sent. */
    private static void note(Request request, List<String> offsets) {
        Map<String, String> headers = request.headers();
        if (request.method().equals("PUT") && headers.containsKey("upload-offset")) {
            offsets.add(headers.get("upload-offset"));
        }
    }

    private static void chooseAvatar(Visitor visitor) {
        visitor.button("Account and settings").click();
        visitor.page().getByRole(AriaRole.MENUITEM, named("Your profile")).click();
        visitor.page()
                .getByTestId("avatar-chooser")
                .setInputFiles(new FilePayload("me.png", "image/png", picture(Color.ORANGE)));
        assertThat(visitor.page().getByLabel("Size of the part")).isVisible();
        visitor.keepScreen("files-avatar");
        visitor.button("Save").click();
        assertThat(dialog(visitor, "Your profile")).hasCount(0);
    }

    private static void choose(Visitor visitor, FilePayload file) {
        visitor.page().getByTestId("file-chooser").setInputFiles(file);
    }

    private static void bring(Visitor visitor, String way, String name, byte[] content) {
        String text = Base64.getEncoder().encodeToString(content);
        visitor.page().evaluate(BRING, List.of(way, name, text));
    }

    private static Locator uploads(Visitor visitor) {
        return visitor.page()
                .getByRole(AriaRole.LIST, named("Attached files"))
                .getByTestId("upload");
    }

    private static Locator notice(Visitor visitor) {
        return visitor.page().getByTestId("upload-notice");
    }

    private static Locator dialog(Visitor visitor, String name) {
        return visitor.page().getByRole(AriaRole.DIALOG, named(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByTextOptions exactText() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private static byte[] picture(Color colour) {
        var image = new BufferedImage(1200, 800, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, colour, 1200, 800, Color.WHITE));
        graphics.fillRect(0, 0, 1200, 800);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
