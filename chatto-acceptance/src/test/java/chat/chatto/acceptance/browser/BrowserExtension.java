package chat.chatto.acceptance.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The system's Chromium without a window, for a test class. Each person of a test has a context of its own, as on a device of its own;
 * after the test, and before what comes down after it, its screen is kept in {@code target/screenshots}, and whatever the page complained of fails the test.
 */
public final class BrowserExtension
        implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    private static final int PATIENCE_MILLIS = 20_000;
    static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> ARGUMENTS =
            List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");

    private final List<Visitor> visitors = new ArrayList<>();
    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        playwright = Playwright.create();
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable())
                                        .setArgs(ARGUMENTS));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        List<Visitor> leaving = List.copyOf(visitors);
        visitors.clear();
        String test = context.getRequiredTestMethod().getName();
        leaving.forEach(visitor -> visitor.keepScreen(SCREENSHOTS, test));
        leaving.forEach(visitor -> visitor.page().context().close());
        leaving.forEach(Visitor::assertNoComplaints);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Objects.requireNonNull(playwright).close();
    }

    /** Somebody at a desk, not signed in yet. */
    public Visitor atDesk(URI server, String login) {
        return visitor(server, login, new Browser.NewContextOptions().setViewportSize(1280, 800));
    }

    /** Somebody with a phone, not signed in yet. */
    public Visitor withPhone(URI server, String login) {
        return visitor(
                server,
                login,
                new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setDeviceScaleFactor(2)
                        .setHasTouch(true)
                        .setIsMobile(true));
    }

    private Visitor visitor(URI server, String login, Browser.NewContextOptions options) {
        BrowserContext context =
                Objects.requireNonNull(browser)
                        .newContext(options.setBaseURL(server.toString()).setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Visitor visitor = new Visitor(context.newPage(), login);
        visitors.add(visitor);
        return visitor;
    }

    private static Path executable() {
        return Path.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium"));
    }
}
