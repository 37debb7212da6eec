package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.client.Keys;
import chat.chatto.acceptance.client.Person;
import chat.chatto.acceptance.server.ChattoServer;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What people write looks as they mean it, keys lead anywhere, and nothing that is written runs in the browsers of others. */
class FormattingIT {

    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir static Path directory;

    /** All rooms are in the lists; as these are shown when they are open, so are all. */
    private static final int OPENED = 3;

    private static final int STATUS_CHARACTERS = 100;

    private static final String FIND_HOSTILE =
            """
            () => {
              const found = [];
              if (window.ran !== undefined || window.name === 'ran') found.push('a script ran');
              const allowed = /^(?:P|BR|EM|STRONG|S|A|CODE|PRE|BLOCKQUOTE|UL|OL|LI|H[1-6]|TABLE|THEAD|TBODY|TR|TH|TD|DIV|SPAN|TIME|BUTTON)$/;
              // The client draws the count of what is unread into the icon itself.
              const drawn = 'head > link[rel="icon"][href^="data:image/png;base64,"]';
              for (const element of document.querySelectorAll(`:not(${drawn})`)) {
                const place = element.outerHTML.slice(0, 160);
                for (const { name, value } of element.attributes) {
                  if (/^on|^srcdoc$|^style$/.test(name) && element.closest('.message-text')) found.push(place);
                  if (/^on/.test(name)) found.push(place);
                  if (/^(?:href|src|action|formaction|data|xlink:href)$/.test(name)
                      && /^[\\u0000-\\u0020]*(?:javascript|vbscript|data|blob):/i.test(value)) found.push(place);
                }
                if (element.closest('.message-text > *') && !allowed.test(element.tagName)) found.push(place);
              }
              for (const element of document.querySelectorAll('iframe, object, embed, base, meta[http-equiv]'))
                found.push(element.outerHTML.slice(0, 160));
              for (const link of document.querySelectorAll('.message-text a'))
                if (!/^(?:https?:|mailto:)$/.test(link.protocol) || (link.host !== location.host && link.rel.indexOf('noopener') < 0))
                  found.push(link.outerHTML.slice(0, 160));
              return found;
            }
            """;

    private static ChattoServer server;

    private final List<String> dialogs = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();

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
    void formatsWhatIsWritten() {
        String room = Person.register(server.uri(), "host").createRoom("studio");
        Person.register(server.uri(), "typist").join(room);
        Visitor typist = browser.atDesk(server.uri(), "typist").signIn();
        typist.openRoom("studio");
        Locator field = typist.composer();

        field.fill("bold");
        field.press("Control+a");
        field.press("Control+b");
        assertThat(field).hasValue("**bold**");
        assertThat(preview(typist).locator("strong")).hasText("bold");
        field.press("Control+z");
        assertThat(field).hasValue("bold");
        assertThat(preview(typist)).hasCount(0);

        field.fill("- one");
        field.press("Shift+Enter");
        field.pressSequentially("two ||hush||");
        field.press("Enter");
        Locator list = typist.message("one");
        assertThat(list.locator("li")).hasCount(2);
        assertThat(list.getByText("hush")).not().isVisible();
        button(list, "Show what is hidden").click();
        assertThat(list.getByText("hush")).isVisible();

        field.fill("```js\nlet a = 1;\n```");
        field.press("Control+Enter");
        Locator code = typist.message("let a = 1;");
        assertThat(code.locator(".hljs-keyword")).hasText("let");
        typist.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        code.hover();
        button(code, "Copy code").click();
        assertThat(button(code, "Copied")).isVisible();
        assertThat(typist.page().evaluate("navigator.clipboard.readText()"))
                .isEqualTo("let a = 1;\n");
    }

    @Test
    void leadsAnywhereByKeys() {
        Person host = Person.register(server.uri(), "keyholder");
        String north = host.createRoom("north pier");
        String south = host.createRoom("south pier");
        Person.register(server.uri(), "walker").join(north).join(south);
        Visitor walker = browser.atDesk(server.uri(), "walker").signIn();
        walker.openRoom("north pier");
        Page page = walker.page();

        host.say(south, "Anybody here?", Keys.next()).orFail();
        assertThat(page.getByTestId("unread-badge")).hasCount(1);
        page.keyboard().press("Alt+Shift+ArrowDown");
        walker.assertSees("Anybody here?");

        host.say(north, "Here!", Keys.next()).orFail();
        assertThat(page.getByTestId("unread-badge")).hasCount(1);
        page.keyboard().press("Shift+Escape");
        assertThat(page.getByTestId("unread-badge")).hasCount(0);

        page.keyboard().press("Control+k");
        page.getByRole(AriaRole.COMBOBOX).fill("nor");
        assertThat(page.getByTestId("destination").first()).hasText("north pier");
        page.keyboard().press("Enter");
        walker.assertSees("Here!");

        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("north pier"))
                .first()
                .click();
        page.keyboard().press("?");
        Locator help =
                page.getByRole(
                        AriaRole.DIALOG,
                        new Page.GetByRoleOptions().setName("Shortcuts and formatting"));
        assertThat(help.getByText("Mark everything as read")).isVisible();
        page.keyboard().press("Escape");
        assertThat(help).hasCount(0);
    }

    /**
     * The page's own content policy would stop most of what people may write; that nothing even tries is seen in the document, in the
     * requests, and in that the policy is never violated, which fails any test here.
     */
    @Test
    void runsNothingThatIsWritten() {
        Person writer = Person.register(server.uri(), "writer");
        String gallery = writer.createRoom("gallery");
        List<String> rooms = HostileTexts.NAMES.stream().map(writer::createRoom).toList();
        describe(writer, rooms);
        HostileTexts.BODIES.forEach(body -> writer.say(gallery, body, Keys.next()).orFail());
        Person reader = Person.register(server.uri(), "reader").join(gallery);
        rooms.forEach(reader::join);
        people(gallery);

        Visitor visitor = watched(browser.atDesk(server.uri(), "reader")).signIn();
        readAll(visitor);
        readCode(visitor, gallery);
        lookAtPeople(visitor);
        for (String room : rooms.subList(0, OPENED)) {
            visitor.page().locator("a[href='/rooms/" + room + "']").click();
            assertThat(visitor.composer()).isVisible();
            assertInert(visitor);
        }
        goAnywhere(visitor);
        browse(visitor);
        write(visitor);
    }

    @Test
    void wouldNoticeWhatIsHostile() {
        Visitor visitor = watched(browser.atDesk(server.uri(), "planter")).signUp();
        assertInert(visitor);

        visitor.page()
                .evaluate(
                        "document.body.setAttribute('onplanted', '1');"
                                + " document.body.append(Object.assign(document.createElement('a'),"
                                + " {href: 'javascript:void 0'}));");

        assertThat(hostileIn(visitor)).hasSize(2);
    }

    /** Every message comes into view, and what is hidden in it is shown. */
    private void readAll(Visitor visitor) {
        visitor.openRoom("gallery");
        Page page = visitor.page();
        long lowest = Long.MAX_VALUE;
        while (lowest > 0) {
            Locator hidden = page.locator(".spoiler[role]");
            while (hidden.count() > 0) {
                hidden.first().evaluate("spoiler => spoiler.click()");
            }
            assertInert(visitor);
            lowest = Long.parseLong(visitor.messages().first().getAttribute("data-ordinal"));
            page.getByRole(AriaRole.LOG).evaluate("log => log.scrollTop -= 900");
            page.evaluate(
                    "() => new Promise(done => requestAnimationFrame(() =>"
                            + " requestAnimationFrame(done)))");
        }
        assertInert(visitor);
    }

    /** What colours code makes elements of its own. */
    private void readCode(Visitor visitor, String room) {
        long ordinal = HostileTexts.BODIES.indexOf(HostileTexts.CODE);
        visitor.page().navigate("/rooms/" + room + "/" + ordinal);
        assertThat(visitor.page().locator(".hljs-tag").first()).isAttached();
        assertInert(visitor);
    }

    private void lookAtPeople(Visitor visitor) {
        visitor.openMembers();
        assertThat(visitor.page().getByTestId("member")).hasCount(HostileTexts.NAMES.size() + 2);
        assertInert(visitor);
        Locator withStatus =
                visitor.page()
                        .getByTestId("member")
                        .filter(
                                new Locator.FilterOptions()
                                        .setHas(visitor.page().getByTestId("status")));
        assertThat(withStatus).hasCount(HostileTexts.NAMES.size());
        for (Locator member : withStatus.all()) {
            member.locator("button.person").click();
            assertThat(visitor.page().getByTestId("profile-status")).isVisible();
            assertInert(visitor);
            visitor.page().keyboard().press("Escape");
            assertThat(visitor.page().getByTestId("profile-card")).hasCount(0);
        }
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.page().getByTestId("member")).hasCount(0);
    }

    private void goAnywhere(Visitor visitor) {
        Page page = visitor.page();
        page.keyboard().press("Control+k");
        assertThat(page.getByTestId("destination").first()).isVisible();
        assertInert(visitor);
        page.getByRole(AriaRole.COMBOBOX).fill("onerror");
        assertThat(page.getByTestId("destination")).not().hasCount(0);
        assertInert(visitor);
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.COMBOBOX)).hasCount(0);
    }

    private void browse(Visitor visitor) {
        visitor.button("Find or browse rooms").click();
        assertThat(visitor.page().getByTestId("browse-room").first()).isVisible();
        assertInert(visitor);
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.page().getByTestId("browse-room")).hasCount(0);
    }

    /** What one writes oneself, or pastes, is previewed before anybody else sees it. */
    private void write(Visitor visitor) {
        for (String body : HostileTexts.BODIES) {
            visitor.composer().fill(body);
        }
        assertInert(visitor);
        for (String body : HostileTexts.BODIES) {
            if (body.contains("||")) {
                visitor.composer().fill(body);
                assertThat(preview(visitor)).isVisible();
                assertInert(visitor);
            }
        }
        visitor.composer().fill("");
    }

    private static Locator preview(Visitor visitor) {
        return visitor.page()
                .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Preview"));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private Visitor watched(Visitor visitor) {
        visitor.page()
                .onDialog(
                        dialog -> {
                            dialogs.add(dialog.message());
                            dialog.dismiss();
                        });
        visitor.page()
                .onRequest(
                        request -> {
                            if (!request.url().startsWith(server.uri().toString())) {
                                foreign.add(request.url());
                            }
                        });
        return visitor;
    }

    private void assertInert(Visitor visitor) {
        assertThat(hostileIn(visitor)).isEmpty();
        assertThat(dialogs).isEmpty();
        assertThat(foreign).as("requests to others").isEmpty();
    }

    private static List<?> hostileIn(Visitor visitor) {
        return (List<?>) visitor.page().evaluate(FIND_HOSTILE);
    }

    /** The descriptions of the rooms hold all the texts between them that descriptions may hold. */
    private static void describe(Person writer, List<String> rooms) {
        List<String> clean = plain();
        int share = clean.size() / rooms.size() + 1;
        for (int room = 0; room < rooms.size(); room++) {
            int from = Math.min(room * share, clean.size());
            int to = Math.min(from + share, clean.size());
            JsonObject change = new JsonObject();
            change.addProperty("description", String.join(" ", clean.subList(from, to)));
            writer.patch("/rooms/" + rooms.get(room), change).orFail();
        }
    }

    /** The texts that fit where only one line without odd characters does. */
    private static List<String> plain() {
        return HostileTexts.BODIES.stream()
                .filter(body -> body.chars().noneMatch(c -> c < ' ' || c > 0x2000))
                .toList();
    }

    private static void people(String room) {
        List<String> statuses =
                plain().stream().filter(text -> text.length() <= STATUS_CHARACTERS).toList();
        for (int index = 0; index < HostileTexts.NAMES.size(); index++) {
            Person person = Person.register(server.uri(), "person" + index).join(room);
            JsonObject change = new JsonObject();
            change.addProperty("displayName", HostileTexts.NAMES.get(index));
            person.patch("/me", change).orFail();
            JsonObject status = new JsonObject();
            status.addProperty("emoji", "🦜");
            status.addProperty("text", statuses.get(index));
            person.put("/me/status", status).orFail();
            person.say(room, HostileTexts.NAMES.get(index), Keys.next()).orFail();
        }
    }
}
