package chat.chatto.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.chatto.acceptance.browser.BrowserExtension;
import chat.chatto.acceptance.browser.Visitor;
import chat.chatto.acceptance.server.ChattoServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** People keep writing while the network or the server is away; what they wrote arrives once and in order. */
class OutageIT {

    @RegisterExtension static final BrowserExtension browser = new BrowserExtension();
    @TempDir Path directory;

    private ChattoServer server;
    private Visitor ada;
    private Visitor ben;

    @BeforeEach
    void bringTwoTogether() {
        server = ChattoServer.embedded(directory).start();
        ada = browser.atDesk(server.uri(), "ada").signUp();
        ben = browser.atDesk(server.uri(), "ben").signUp();
        ada.createRoom("bridge");
        ben.joinRoom("bridge");
        ada.say("before");
        ben.assertSees("before");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void sendsWhatWasWrittenWithoutANetwork() {
        ben.expectOutage().page().context().setOffline(true);

        ben.say("b1");
        ben.say("b2");
        ben.say("b3");
        assertThat(ben.unsent()).hasCount(3);
        ada.say("a1");
        ben.page().context().setOffline(false);

        ada.assertSeesExactly("before", "a1", "b1", "b2", "b3");
        ben.assertSeesExactly("before", "a1", "b1", "b2", "b3");
        ben.page().reload();
        ben.assertSeesExactly("before", "a1", "b1", "b2", "b3");
    }

    @Test
    void sendsWhatWasWrittenWhileTheServerWasDead() {
        ada.expectOutage();
        ben.expectOutage();

        server.kill();
        ben.say("b1");
        ben.say("b2");
        ben.say("b3");
        assertThat(ben.unsent()).hasCount(3);
        server.start();
        ben.assertConnection("connected");

        ada.assertSeesExactly("before", "b1", "b2", "b3");
        ben.assertSeesExactly("before", "b1", "b2", "b3");
        ada.say("a1");
        ben.assertSeesExactly("before", "b1", "b2", "b3", "a1");
    }

    @Test
    void keepsWhatWasWrittenOverAReloadWhileTheServerIsDead() {
        ada.expectOutage();
        ben.expectOutage();

        server.kill();
        ben.say("written into the void");
        assertThat(ben.unsent()).hasCount(1);
        server.start();
        ben.page().reload();

        ada.assertSeesExactly("before", "written into the void");
        ben.assertSeesExactly("before", "written into the void");
    }

    @Test
    void carriesOnWhenTheStorageDies() {
        ada.expectOutage();
        ben.expectOutage();

        server.killNats();
        ben.say("b1");
        ben.say("b2");

        ada.assertSeesExactly("before", "b1", "b2");
        ada.say("a1");
        ben.assertSeesExactly("before", "b1", "b2", "a1");
        ben.assertConnection("connected");
    }
}
