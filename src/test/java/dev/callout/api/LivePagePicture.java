package dev.callout.api;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.callout.simulator.callee.CalleeMix;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes the README's picture of the live page: simulated campaigns dial for a while, then the installed browser takes the
 * picture. All numbers are from blocks that Germany's regulator reserves for films, so they belong to nobody.
 */
public final class LivePagePicture {

    private static final Path PICTURE = Path.of("docs/live-page.png");
    private static final double PATIENCE_MS = 60_000;
    private static final int BUSY = 486;
    private static final int NO_SUCH_NUMBER = 404;

    private LivePagePicture() {}

    /** @param args for how many minutes the campaigns dial before the picture is taken; the chart spans half an hour */
    public static void main(String[] args) throws Exception {
        Path executable = InstalledBrowser.executable()
                .orElseThrow(() ->
                        new IllegalStateException("There is no Chromium or Chrome in the PATH to take the picture"));
        int port = FreePort.next();
        CalleeMix callees = new CalleeMix(
                7,
                0.6,
                Duration.ofSeconds(9),
                Duration.ofSeconds(18),
                Map.of(CalleeMix.NO_ANSWER, 5.0, BUSY, 4.0, NO_SUCH_NUMBER, 1.0));
        try (Installation installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_NODE", "node1")
                .with("CALLOUT_TIMEZONE", "Europe/Berlin")
                .simulated(simulated -> simulated.callees(callees))
                .start()) {
            fill(installation);
            System.out.println("The live page is at http://127.0.0.1:" + port + "/ for " + args[0] + " minutes.");
            TimeUnit.MINUTES.sleep(Long.parseLong(args[0]));
            take(executable, port);
        }
        System.exit(0);
    }

    private static void fill(Installation installation) throws Exception {
        Map<String, Object> all = Map.of(
                "profile_gateway", "external/mycarrier", "timeout_sec", 25, "backoff_sec", 180, "threshold_msec", 4000);
        campaign(installation, "Check-up reminder", "+493023125", 24, all);
        campaign(installation, "Customer survey", "+494066969", 9, all);
        long closed = campaign(installation, "Late shift", "+496990009", 10, all);
        installation.execute("INSERT INTO schedules (name) VALUES ('22 to 23 o''clock')");
        installation.execute("INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time)"
                + " SELECT i_schedule, 1, 7, '22:00:00', '22:59:59' FROM schedules");
        installation.execute(
                "UPDATE campaigns SET i_schedule = (SELECT i_schedule FROM schedules) WHERE i_campaign = " + closed);
        long paused = campaign(installation, "Flood warning", "+492214710", 500, all);
        installation.execute("UPDATE campaigns SET paused = 1 WHERE i_campaign = " + paused);
    }

    /** A campaign of a thousand numbers. */
    private static long campaign(
            Installation installation, String name, String prefix, int lines, Map<String, Object> columns)
            throws Exception {
        long campaign = installation.campaign(name, columns);
        installation.execute(
                "UPDATE campaigns SET max_concurrent_calls = " + lines + " WHERE i_campaign = " + campaign);
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign + ", CONCAT('" + prefix
                + "', LPAD(seq * 37 % 1000, 3, '0')) FROM seq_0_to_999");
        return campaign;
    }

    private static void take(Path executable, int port) {
        try (Playwright playwright = InstalledBrowser.playwright();
                Browser browser = InstalledBrowser.launch(playwright, executable, PATIENCE_MS)) {
            Page page = browser.newContext(new Browser.NewContextOptions()
                            .setViewportSize(1280, 822)
                            .setColorScheme(ColorScheme.LIGHT)
                            .setLocale("en-GB")
                            .setTimezoneId("Europe/Berlin"))
                    .newPage();
            page.navigate("http://127.0.0.1:" + port + "/");
            page.locator("#campaigns tr").nth(3).waitFor();
            page.locator("#all-latest li").first().waitFor();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURE));
        }
    }
}
