package dev.callout.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ForcedColors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody needs who works with many campaigns on the live page all day. */
class WorkdayPageIT extends LookedAtPage {

    @AfterEach
    void nothingIsLeft() throws Exception {
        installation.execute("DELETE FROM campaign_phones");
        installation.execute("DELETE FROM campaigns");
    }

    private static Locator rows(Page page) {
        return page.locator("#campaigns tr:visible .name a");
    }

    private static void importFile(Page page, String name, String content) {
        page.getByLabel("A file: CSV")
                .setInputFiles(new FilePayload(name, "", content.getBytes(StandardCharsets.UTF_8)));
        button(page, "Import").click();
    }

    @Test
    void errorsOfAnImportAreInSightOnATelephoneAndGoneAfterAGoodOne() throws Exception {
        long campaign = installation.campaign("narrow", Map.of("paused", 1));
        Page page = open(400, 700, ColorScheme.LIGHT, port);
        page.navigate("http://127.0.0.1:" + port + "/#campaign-" + campaign);
        toSee(page.locator("#campaign-title"), "narrow");
        importFile(page, "numbers.csv", "first,second\nAnn,x\n");
        assertThat(page.locator("#alert")).isVisible();
        assertThat(page.locator("#alert")).isInViewport();
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("import-error-400.png")));
        importFile(page, "numbers.json", "[\"+49 30 1\", {\"cld\": \"<b>\"}]");
        assertThat(page.locator("#report li")).hasText(Pattern.compile("Item 2: <b> – .*"));
        assertThat(page.locator("#alert")).isHidden();
        assertThat(page.locator("#report")).isInViewport();
    }

    @Test
    void aFilledFormIsNotDroppedByEscapeAndAllFaultsAreToldInItsWords() throws Exception {
        Page page = open();
        button(page, "New campaign").click();
        assertThat(page.locator("#cli-hint")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#edit")).isHidden();
        button(page, "New campaign").click();
        page.locator("#edit-form [name=name]").fill("filled");
        page.locator("[name=cli]").fill("our office");
        assertThat(page.locator("#cli-hint")).isHidden();
        step(page, "hours");
        page.getByLabel("Attempts for a number, at most").fill("0");
        step(page, "heard");
        page.getByLabel("Seconds of a successful call, at least").fill("-1");
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.ALERTDIALOG)).containsText("It has not been saved.");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();
        assertThat(page.locator("#edit-form [name=name]")).hasValue("filled");
        button(page, "Create").click();
        assertThat(page.locator("[name=cli]"))
                .hasAccessibleDescription(
                        "must be a number that callees can call back, such as +4930111, and no words");
        assertThat(page.getByLabel("Attempts for a number, at most"))
                .hasAccessibleDescription("must be a whole number from 1 to 1000");
        assertThat(page.getByLabel("Seconds of a successful call, at least"))
                .hasAccessibleDescription("must be a number from 0 to 86400");
        look(page, "faults");
        page.keyboard().press("Escape");
        button(page, "Drop").click();
        assertThat(page.locator("#edit")).isHidden();
        assertThat(installation.number("SELECT COUNT(*) FROM campaigns")).isZero();
    }

    @Test
    void whatIsWrongWithAPausedCampaignIsShownAndAStartWarnsOfCallsWithoutCallerId() throws Exception {
        installation.campaign("broken", Map.of("paused", 1, "timezone", "Mars"));
        installation.campaign("unseen", Map.of("paused", 1));
        Page page = open();
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("broken"))
                        .locator(".why"))
                .containsText("'Mars' is not a time zone");
        button(page, "Start unseen").click();
        assertThat(page.locator("#alert")).containsText("unseen is started. Warning: there is no caller ID");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("unseen"))
                .click();
        assertThat(page.locator("#campaign-warnings")).containsText("callees see their own number");
        look(page, "warned");
    }

    @Test
    void campaignsAreSortedChosenAndStartedTogether() throws Exception {
        for (String name : List.of("b", "a", "c")) {
            installation.campaign(name, Map.of("paused", name.equals("c") ? 0 : 1, "time_between_calls", 1000));
        }
        installation.execute(
                "INSERT INTO campaign_phones (i_campaign, cld, finished) SELECT i_campaign, '9', name = 'b'"
                        + " FROM campaigns");
        // So that c is not done when its first number is.
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT i_campaign, '8' FROM campaigns"
                + " WHERE name = 'c'");
        Page page = open();
        assertThat(rows(page)).hasText(new String[] {"c", "a", "b"});
        button(page, "Campaign").click();
        assertThat(rows(page)).hasText(new String[] {"a", "b", "c"});
        button(page, "Campaign").click();
        assertThat(rows(page)).hasText(new String[] {"c", "b", "a"});
        assertThat(page.getByRole(
                        AriaRole.COLUMNHEADER,
                        new Page.GetByRoleOptions().setName("Campaign").setExact(true)))
                .hasAttribute("aria-sort", "descending");
        button(page, "Numbers finished").click();
        assertThat(rows(page).first()).hasText("b");

        page.getByLabel("Choose all that are shown").check();
        assertThat(page.locator("#bulk-count")).hasText("3 chosen");
        page.getByLabel("Choose c").uncheck();
        look(page, "chosen");
        button(page, "Start those chosen").click();
        assertThat(page.getByRole(AriaRole.ALERTDIALOG)).containsText("Start 2 of 2 campaigns?");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start"))
                .click();
        assertThat(page.locator("#done")).hasText("2 campaigns are started");
        assertThat(page.locator("#bulk")).isHidden();
        page.setViewportSize(1280, 800);
        assertThat(installation.column("SELECT name FROM campaigns WHERE paused = 0 ORDER BY name"))
                .containsExactly("a", "b", "c");

        page.getByLabel("Choose all that are shown").check();
        page.getByLabel("Find").fill("a");
        assertThat(page.locator("#bulk-count")).hasText("1 chosen");
        button(page, "Pause those chosen").click();
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause"))
                .click();
        assertThat(page.locator("#done")).hasText("1 campaign is paused");
        assertThat(installation.column("SELECT name FROM campaigns WHERE paused = 1"))
                .containsExactly("a");
    }

    @Test
    void retriesToComeAreToldAndLatestAttemptsAndSwitchesSayWhatIsKnown() throws Exception {
        long campaign = installation.campaign("again", Map.of("paused", 1));
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld, status, call_count, finished) VALUES ("
                + campaign + ", '1', 'failure', 1, 0), (" + campaign + ", '2', 'failure', 3, 1)");
        Page page = open();
        page.navigate("http://127.0.0.1:" + port + "/#campaign-" + campaign);
        assertThat(page.locator("#statuses")).hasText(Pattern.compile("\\s*failure\\s*2\\s*1 is called again\\s*"));
        toSee(page.locator("#latest .empty"), "None of the latest 5,000 attempts is one of this campaign.");
        assertThat(page.locator("#latest-title + .zone")).hasText(Pattern.compile("Times are \\S+\\."));
        assertThat(page.locator("#switches li")).hasAttribute("data-good", "true");
        page.route("**/api/**", route -> route.abort("connectionrefused"));
        toSee(page.locator("#switches li"), "sim: not known");
        assertThat(page.locator("#switches li[data-good]")).hasCount(0);
        page.unroute("**/api/**");
        toSee(page.locator("#switches li"), "sim: connected");
    }

    @Test
    void thoseNotReachedAreCalledAgainAnImportIsUndoneAndACampaignIsClonedAndDeletedWithItsNumbers() throws Exception {
        long campaign = installation.campaign("evening", Map.of("paused", 1));
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld, status, finished, call_count, hangup_cause)"
                + " VALUES (" + campaign + ", '1', 'failure', 1, 3, 'USER_BUSY'), (" + campaign
                + ", '2', 'failure', 1, 3, 'NO_ANSWER')");
        Page page = open();
        page.navigate("http://127.0.0.1:" + port + "/#campaign-" + campaign);
        button(page, "Count those not reached").click();
        page.getByLabel("failure, NO_ANSWER: 1").uncheck();
        look(page, "call-again");
        button(page, "Call those again").click();
        assertThat(page.locator("#done")).hasText("1 number is called again");
        assertThat(installation.column("SELECT cld FROM campaign_phones WHERE finished = 0"))
                .containsExactly("1");

        importFile(page, "evening.csv", "number\n3\n4\n");
        assertThat(page.locator("#report")).containsText("Imported: 2 accepted");
        button(page, "Show imports").click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(Pattern.compile("Undo the import of evening.csv.*")))
                .click();
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Undo"))
                .click();
        assertThat(page.locator("#imports p").first()).hasText("2 removed, 0 already called");
        look(page, "undone");

        button(page, "Clone").click();
        page.getByLabel("What the new campaign is called").fill("evening");
        page.keyboard().press("Enter");
        assertThat(page.locator("#clone-problem")).hasText("There is a campaign of this name already");
        page.getByLabel("What the new campaign is called").fill("morning");
        page.keyboard().press("Enter");
        toSee(page.locator("#campaign-title"), "morning");
        page.navigate("http://127.0.0.1:" + port + "/#campaign-" + campaign);
        toSee(page.locator("#campaign-title"), "evening");
        button(page, "Delete").click();
        assertThat(page.getByRole(AriaRole.ALERTDIALOG))
                .containsText("Its 0 attempts stay in the database, and so do its 2 numbers unless you remove them.");
        page.getByLabel("Remove its 2 numbers, too").check();
        look(page, "delete");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
                .click();
        assertThat(page.locator("#done")).hasText("evening is deleted");
        assertThat(installation.number("SELECT COUNT(*) FROM campaign_phones")).isZero();
        assertThat(installation.column("SELECT name FROM campaigns")).containsExactly("morning");
    }

    /** By the formula of WCAG 2.2, of what is painted. */
    private static final String CONTRASTS =
            """
            () => {
              const light = colour => {
                const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(c => c / 255)
                  .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
              const input = document.querySelector('#find');
              const button = document.querySelector('#campaigns button');
              const surface = getComputedStyle(document.querySelector('.panel')).backgroundColor;
              return [input, button].map(node => contrast(getComputedStyle(node).borderTopColor, surface));
            }
            """;

    @Test
    void bordersStandOutAndNothingIsToldByColourAlone() throws Exception {
        installation.campaign("seen", Map.of("paused", 1));
        Page page = open();
        assertThat(rows(page)).hasCount(1);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            assertThat((List<?>) page.evaluate(CONTRASTS)).as("%s", scheme).allSatisfy(ratio -> assertThat(
                            ((Number) ratio).doubleValue())
                    .isGreaterThanOrEqualTo(3));
        }
        assertThat((List<?>) page.evaluate(
                        "[...document.querySelectorAll('.legend i')].map(one => getComputedStyle(one)).map(style =>"
                                + " style.borderTopStyle + style.borderTopWidth)"))
                .as("each series has a line of its own kind")
                .hasSize(4)
                .doesNotHaveDuplicates();
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        assertThat(page.evaluate(
                        "getComputedStyle(document.querySelector('#campaigns .state'), '::before').borderTopWidth"))
                .isNotEqualTo("0px");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("forced-colours.png")));
        page.evaluate("document.querySelector('#alert').hidden = false");
        page.setViewportSize(1800, 800);
        assertThat(page.evaluate("document.querySelector('#alert').getBoundingClientRect().width"
                        + " <= document.querySelector('main').getBoundingClientRect().width"))
                .isEqualTo(true);
    }
}
