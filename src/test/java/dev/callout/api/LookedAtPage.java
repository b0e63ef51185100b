package dev.callout.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A Callout whose live page is looked at in a real browser, the one that is installed. */
abstract class LookedAtPage {

    static final String HOSTILE = "<img src=x onerror=\"document.title='taken'\"> & 'spring'";
    static final double PATIENCE_MS = 60_000;
    static final Path SCREENSHOTS = Path.of("target/screenshots");

    static Playwright playwright;
    static Browser browser;
    static Installation installation;
    static int port;

    final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    final Queue<String> requests = new ConcurrentLinkedQueue<>();
    BrowserContext context;

    @BeforeAll
    static void start() throws Exception {
        Path executable = InstalledBrowser.executable().orElse(null);
        if (executable == null) {
            System.out.println("The live page is not tested, for there is no Chromium or Chrome on this machine");
        }
        assumeTrue(executable != null, "no Chromium or Chrome on this machine");
        playwright = InstalledBrowser.playwright();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        browser = InstalledBrowser.launch(playwright, executable, 2 * PATIENCE_MS);
        port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with(
                        "CALLOUT_PROMPT_FOLDER",
                        Files.createTempDirectory("callout-prompts").toString())
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(300))))
                .start();
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (installation != null) {
            installation.close();
        }
    }

    /** Nothing went wrong in the browser that the test has not caused, and nobody else was asked for anything. */
    @AfterEach
    void nothingIsWrong() {
        if (context != null) {
            context.close();
            assertThat(complaints).isEmpty();
            assertThat(requests)
                    .isNotEmpty()
                    .allMatch(url -> url.startsWith("http://127.0.0.1:") || url.startsWith("blob:"));
        }
    }

    Page open(int width, int height, ColorScheme scheme, int port) {
        return open(width, height, scheme, port, "en-GB");
    }

    /** @param locale the language and region that the browser wants */
    Page open(String locale) {
        return open(1280, 800, ColorScheme.LIGHT, port, locale);
    }

    private Page open(int width, int height, ColorScheme scheme, int port, String locale) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale(locale));
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onRequest(request -> requests.add(request.url()));
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            boolean refused = message.text()
                    .matches("Failed to load resource: (the server responded with a status of (4|503)"
                            + "|net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)).*");
            if (message.type().equals("error") && !refused) {
                complaints.add(message.text());
            }
        });
        page.navigate("http://127.0.0.1:" + port + "/");
        return page;
    }

    Page open() {
        return open(1280, 800, ColorScheme.LIGHT, port);
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Goes to a step of the form of a campaign. */
    static void step(Page page, String name) {
        page.locator("#edit-steps [data-to=" + name + "]").press("Enter");
    }

    static void toSee(Locator locator, String text) {
        assertThat(locator).hasText(text, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MS));
    }

    /** Wide and narrow, light and dark: nothing sticks out, axe finds nothing that keeps people out; pictures show it. */
    static void look(Page page, String what) throws IOException {
        String axe;
        try (InputStream in = LookedAtPage.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        page.evaluate(axe);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : scheme == ColorScheme.LIGHT ? new int[] {390, 1280} : new int[] {1280, 390}) {
                page.setViewportSize(width, 844);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(
                                what + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
                // Charts follow the window's size a moment later.
                Awaitility.await().pollInSameThread().untilAsserted(() -> assertThat(
                                page.evaluate("document.documentElement.scrollWidth"))
                        .as("%s at %d", what, width)
                        .isEqualTo(width));
            }
            List<?> violations = (List<?>) page.evaluate(
                    "axe.run({resultTypes: ['violations']}).then(found => found.violations.map(one => one.id +"
                            + " ': ' + one.nodes.map(node => node.html).join(' ').slice(0, 300)))");
            assertThat(violations).as("%s, %s", what, scheme).isEmpty();
        }
    }
}
