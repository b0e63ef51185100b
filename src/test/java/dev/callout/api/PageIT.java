package dev.callout.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.callout.api.files.WorkbookFile;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The live page in a real browser. */
class PageIT extends LookedAtPage {

    @Test
    void anEmergencyIsMarkedAndAPreviewTellsWhomTheCampaignWouldCall() throws Exception {
        long flood = installation.campaign("flood", Map.of("paused", 1, "emergency", "the mayor: <flood>"));
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + flood + ", '030 11'), (" + flood
                + ", '030 12'), (" + flood + ", '<b>')");
        Page page = open();
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("flood"))
                        .locator(".emergency"))
                .isVisible();
        page.navigate("http://127.0.0.1:" + port + "/#campaign-" + flood);
        toSee(page.locator("#campaign-emergency"), "Emergency: the mayor: <flood>. No do-not-call list is asked.");
        button(page, "Preview").click();
        toSee(page.locator("#preview li strong").first(), "2");
        assertThat(page.locator("#preview")).containsText("may be called now");
        assertThat(page.locator("#preview")).containsText("no number to dial");
        page.getByLabel("What would become of the numbers").fill("030 12");
        button(page, "Preview").click();
        toSee(page.locator("#preview p"), "030 12: may be called now");
        installation.execute("DELETE FROM campaign_phones WHERE i_campaign = " + flood);
        installation.execute("DELETE FROM campaigns WHERE i_campaign = " + flood);
    }

    @Test
    void aCampaignIsCreatedFilledStartedWatchedAndExported() throws Exception {
        Page page = open();
        button(page, "New campaign").click();
        page.locator("#edit-form [name=name]").fill(HOSTILE);
        page.getByLabel("Gateway", new Page.GetByLabelOptions().setExact(true)).fill("external/gw");
        step(page, "heard");
        page.getByLabel("On answer, if there is no prompt").fill("echo()");
        page.getByLabel("Seconds of a successful call, at least").fill("0.1");
        step(page, "hours");
        page.getByLabel("Attempts for a number, at most").fill("0");
        step(page, "limits");
        button(page, "Create").click();
        assertThat(page.getByLabel("Attempts for a number, at most"))
                .hasAccessibleDescription("must be a whole number from 1 to 1000");
        assertThat(page.getByLabel("Attempts for a number, at most")).isFocused();
        page.getByLabel("Attempts for a number, at most").fill("1");
        button(page, "Create").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(HOSTILE);
        assertThat(page).hasTitle(HOSTILE + " – Callout");

        importNumbers(page, "cld,callerid\n+49 30 1,+4989100\n+49 30 2,\n<b>3</b>,\n+49 30 4,\n");
        assertThat(page.locator("#report"))
                .containsText("Nothing was imported, since lines are refused: 0 accepted, "
                        + "0 duplicate, 0 on the do-not-call list, 1 refused.");
        assertThat(page.locator("#report li")).containsText("Line 4: <b>3</b> –");
        page.getByLabel("If lines are refused, import the good ones").check();
        importNumbers(page, "cld,callerid\n+49 30 1,+4989100\n+49 30 2,\n<b>3</b>,\n+49 30 4,\n");
        assertThat(page.locator("#report")).containsText("Imported: 3 accepted");

        page.getByLabel("A file: CSV")
                .setInputFiles(
                        new FilePayload(
                                "numbers.xlsx",
                                "",
                                WorkbookFile.of(
                                        "<row><c t='str'><v>Rang (1)</v></c><c t='str'><v>Tel. priv.</v></c><c t='str'><v>Name</v></c></row>"
                                                + "<row><c><v>1</v></c><c t='str'><v>+49 30 1</v></c><c t='str'><v>Ann</v></c></row>")));
        assertThat(page.getByLabel("Column of the numbers")).isHidden();
        button(page, "Import").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("which column holds the numbers");
        page.getByLabel("Column of the numbers").selectOption("Tel. priv.");
        button(page, "Import").click();
        assertThat(page.locator("#report"))
                .containsText("Imported: 0 accepted, 1 duplicate, 0 on the do-not-call list, 0 refused.");
        assertThat(page.locator("#report")).containsText("Columns that became variables: name.");
        assertThat(page.locator("#report")).containsText("Columns that were not used: Rang (1).");

        button(page, "Start " + HOSTILE).click();
        toSee(page.locator("#campaign-state"), "done");
        assertThat(page.locator("#campaign-finished")).hasText("3 of 3");
        assertThat(page.locator("#statuses")).hasText(Pattern.compile("\\s*success\\s*3\\s*"));
        assertThat(page.locator("#latest li strong")).hasText(new Pattern[] {
            Pattern.compile("\\+49 30 \\d"), Pattern.compile("\\+49 30 \\d"), Pattern.compile("\\+49 30 \\d")
        });
        assertThat(page.locator("#campaign-calls canvas"))
                .hasAttribute(
                        "aria-label",
                        "Calls of all nodes in the last half hour: success 3, premature hangup 0, failure 0, calls"
                                + " made 3");
        assertThat(installation.ledger().calls())
                .extracting(LedgerCall::number)
                .filteredOn(number -> number.startsWith("+49"))
                .containsExactlyInAnyOrder("+49301", "+49302", "+49304");

        String csv = download(page, "Export as CSV");
        assertThat(csv.lines()).hasSize(4).first().asString().startsWith("call_uuid,");
        assertThat(csv).contains(",'+49 30 4,1,");
        assertThat(download(page, "Export as JSON")).startsWith("[{\"call_uuid\":");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All campaigns"))
                .click();
        assertThat(page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(HOSTILE)))
                .isVisible();
        assertThat(page).hasTitle("Callout");
        assertThat(page.locator("main img")).hasCount(0);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(HOSTILE))
                .click();
        button(page, "Delete").click();
        assertThat(page.getByRole(AriaRole.ALERTDIALOG)).containsText("Its 3 attempts stay in the database");
        page.keyboard().press("Escape");
        assertThat(button(page, "Delete")).isFocused();
        assertThat(installation.number("SELECT COUNT(*) FROM campaigns WHERE name LIKE '<img%'"))
                .isEqualTo(1);
        button(page, "Delete").click();
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
                .click();
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(HOSTILE)))
                .hasCount(0);
    }

    private static void importNumbers(Page page, String csv) {
        page.getByLabel("A file: CSV")
                .setInputFiles(new FilePayload("numbers.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
        button(page, "Import").click();
    }

    private static String download(Page page, String link) throws IOException {
        return Files.readString(
                page.waitForDownload(() -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link))
                                .click())
                        .path());
    }

    @Test
    void aHundredCampaignsAreShownWithFewRequestsAndSteeredByKeyboardAlone() throws Exception {
        installation.execute(
                "INSERT INTO campaigns (name, paused, profile_gateway, action_on_answer, time_between_calls) "
                        + "SELECT CONCAT('region ', seq), 1, 'gw', 'echo()', 5 FROM seq_1_to_100");
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld) "
                + "SELECT i_campaign, CONCAT('555', seq) FROM campaigns JOIN seq_1_to_30 WHERE name LIKE 'region%'");
        Page page = open();
        assertThat(page.locator("#campaigns tr")).hasCount(100);
        page.getByLabel("Find").focus();
        page.keyboard().type("region 77");
        assertThat(page.locator("#campaigns tr:visible")).hasCount(1);
        // Past what is shown, the headings that sort, and what chooses the row.
        for (int tab = 0; tab < 9; tab++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("region 77")))
                .isFocused();
        page.keyboard().press("Tab");
        assertThat(button(page, "Start region 77")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("region 77 is started");
        toSee(page.locator("#campaigns tr:visible .state"), "dialling");
        assertThat(button(page, "Pause region 77")).isFocused();
        page.keyboard().press("Space");
        toSee(page.locator("#campaigns tr:visible .state"), "paused");
        assertThat(button(page, "Resume region 77")).isFocused();
        assertThat(installation.number("SELECT COUNT(*) FROM campaigns WHERE name LIKE 'region%' AND paused = 0"))
                .isZero();
        assertThat(installation.column(
                        "SELECT name FROM campaigns WHERE run_started IS NOT NULL AND name LIKE 'region%'"))
                .containsExactly("region 77");

        requests.clear();
        page.waitForTimeout(3000);
        page.waitForCondition(() -> requests.size() >= 3);
        assertThat(requests).as("three every two seconds").hasSizeLessThan(30);

        page.getByLabel("Find").fill("");
        assertThat(page.locator("#campaigns tr:visible")).hasCount(100);
        look(page, "all");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("region 77"))
                .click();
        toSee(page.locator("#campaign-finished"), "0 of 30");
        look(page, "one");
        button(page, "Settings").click();
        assertThat(page.locator("#edit-form [name=name]")).hasValue("region 77");
        look(page, "settings");
        installation.execute("DELETE FROM campaigns WHERE name LIKE 'region%'");
    }

    @Test
    void whatTheApiCannotDoIsToldInWordsAndThePageRecovers() throws Exception {
        long campaign = installation.campaign("afternoon", Map.of("paused", 1));
        Page page = open();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("afternoon"))
                .click();
        button(page, "Settings").click();
        assertThat(page.locator("#edit-form [name=name]")).hasValue("afternoon");
        installation.execute("UPDATE campaigns SET max_attempts = 9 WHERE i_campaign = " + campaign);
        step(page, "limits");
        page.getByLabel("Calls up at once, at most").fill("7");
        button(page, "Save").click();
        assertThat(page.locator("#edit-problem")).hasText("It has changed since it was read: read it again");
        button(page, "Cancel").click();

        // As while it starts or stops, when its port is open and routes are missing.
        page.route(
                "**/api/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(404)
                        .setContentType("application/problem+json")
                        .setBody("{\"detail\":\"There is nothing at this path\"}")));
        assertThat(page.locator("#alert")).containsText("There is nothing at this path");
        assertThat(page.locator("#connection")).hasText("Not up to date");
        assertThat(page.locator("#campaign")).isVisible();
        page.unroute("**/api/**");
        installation.stop();
        assertThat(page.locator("#alert")).containsText("Callout does not answer");
        assertThat(page.locator("#connection")).hasText("Not up to date");
        installation.start();
        toSee(page.locator("#connection"), "Live");
        assertThat(page.locator("#alert")).isHidden();
        installation.execute("DELETE FROM campaigns WHERE name = 'afternoon'");
        assertThat(page.locator("#alert")).containsText("There is no campaign " + campaign);
        assertThat(page.locator("#overview")).isVisible();
    }

    @Test
    void thePageAsksForTheTokenAndKeepsItForTheTabOnly() throws Exception {
        int other = FreePort.next();
        try (Installation guarded = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(other))
                .with("CALLOUT_HTTP_TOKEN", "s3cret-s3cret-s3cret")
                .start()) {
            guarded.campaign("guarded", Map.of("paused", 1));
            Page page = open(1280, 800, ColorScheme.DARK, other);
            Locator dialog = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Access token"));
            assertThat(dialog).isVisible();
            page.keyboard().press("Escape");
            assertThat(dialog).isVisible();
            page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true))
                    .fill("wrong");
            page.keyboard().press("Enter");
            assertThat(dialog).containsText("This token is not the right one.");
            page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true))
                    .fill("s3cret-s3cret-s3cret");
            page.keyboard().press("Enter");
            assertThat(dialog).isHidden();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("guarded"))
                    .click();
            assertThat(download(page, "Export as CSV")).startsWith("call_uuid,");
            page.reload();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .hasText("guarded");
            assertThat(page.evaluate("document.cookie + JSON.stringify(localStorage)"))
                    .isEqualTo("{}");
            assertThat(requests).noneMatch(url -> url.contains("s3cret"));
        }
    }

    @Test
    void aViewerSeesWhoHeIsAndWhyHeMayNotChangeAnything() throws Exception {
        int other = FreePort.next();
        try (Installation guarded = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(other))
                .with("CALLOUT_HTTP_TOKEN", "s3cret-s3cret-s3cret")
                .start()) {
            guarded.campaign("guarded", Map.of("paused", 1));
            ApiClient api = new ApiClient(other);
            Object viewer = api.send(api.request("/api/tokens")
                            .header("Authorization", "Bearer s3cret-s3cret-s3cret")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"watch\",\"role\":\"viewer\"}")))
                    .json()
                    .get("token");
            Page page = open(1280, 800, ColorScheme.LIGHT, other);
            page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true))
                    .fill(viewer.toString());
            page.keyboard().press("Enter");
            assertThat(page.locator("#caller")).hasText("token watch: viewer");
            assertThat(button(page, "Start guarded")).isDisabled();
            assertThat(button(page, "New campaign"))
                    .hasAttribute("title", "This needs the role operator; token watch has the role viewer");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("guarded"))
                    .click();
            toSee(page.locator("#campaign-state"), "paused");
            for (String name : List.of("Settings", "Delete", "Import", "Start guarded")) {
                assertThat(button(page, name)).isDisabled();
            }
            look(page, "viewer");
        }
    }

    @Test
    void theAuditTellsWhoChangedWhat() throws Exception {
        Page page = open();
        button(page, "New campaign").click();
        page.locator("#edit-form [name=name]").fill("audited");
        button(page, "Create").click();
        toSee(page.locator("#campaign-title"), "audited");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit"))
                .click();
        page.getByLabel("Action").fill("campaign.create");
        page.getByLabel("Who").fill("local");
        button(page, "Show").click();
        assertThat(page.locator("#audit-entries tr")).not().hasCount(0);
        assertThat(page.locator("#audit-entries tr").first())
                .containsText(
                        Pattern.compile("local.*campaign.create.*campaign \\d+ audited.*name: nothing → audited"));
        look(page, "audit");
        page.getByLabel("Action").fill("nothing");
        button(page, "Show").click();
        assertThat(page.locator("#no-audit")).isVisible();
        installation.execute("DELETE FROM campaigns WHERE name = 'audited'");
    }

    @Test
    void gatewaysGroupsAndCallerIdsAreShownAndChanged() throws Exception {
        Page page = open();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Gateways"))
                .click();
        toSee(page.locator("#ways-place-title"), "Gateways and caller IDs");
        Locator form = page.locator("#way");
        form.getByLabel("Gateway as campaigns name it").fill("no blanks");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("name");
        form.getByLabel("Gateway as campaigns name it").fill("external/paged");
        form.getByLabel("Weight").fill("3");
        form.getByLabel("How it wants telephones").selectOption("e164");
        form.getByLabel("Ask the carrier").check();
        button(page, "Save the gateway").click();
        assertThat(page.locator("#ways tr")).containsText("external/paged");
        assertThat(page.locator("#done")).hasText("external/paged is saved");
        button(page, "Edit external/paged").click();
        assertThat(form.getByLabel("Weight")).hasValue("3");
        installation.execute("UPDATE gateways SET codecs = 'PCMA'");
        form.getByLabel("Gateway as campaigns name it").fill("external/renamed");
        form.getByLabel("Weight").fill("");
        form.getByLabel("What is then put before").fill("00");
        form.getByLabel("Calls at once").fill("30");
        form.getByLabel("Steps in which").fill("60/6");
        button(page, "Save the gateway").click();
        assertThat(page.locator("#done")).hasText("external/renamed is saved");
        assertThat(installation.column(
                        "SELECT CONCAT_WS(' ', name, codecs, max_calls, billing_increment) FROM gateways"))
                .as("the edited row is renamed, none is added, and what somebody else has changed stays")
                .containsExactly("external/renamed PCMA 30 60/6");
        form.getByLabel("Gateway as campaigns name it").fill("external::renamed");
        button(page, "Save the gateway").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("already: external/renamed");
        button(page, "Edit external/renamed").click();
        form.getByLabel("Gateway as campaigns name it").fill("external/paged");
        button(page, "Save the gateway").click();
        button(page, "Disable external/paged").click();
        assertThat(page.locator("#ways tr")).containsText("disabled");
        assertThat(installation.column(
                        "SELECT CONCAT_WS(' ', dial_format, prefix, privacy, weight, enabled) FROM gateways"))
                .containsExactly("e164 00 1 0");

        page.locator("#group").getByLabel("Group").fill("paged");
        page.locator("#group").getByLabel("Its gateways").fill("external/paged");
        button(page, "Save the group").click();
        assertThat(page.locator("#groups tr")).containsText("external/paged");
        Locator callerId = page.locator("#caller-id");
        callerId.getByLabel("Pool that gets it").fill("main");
        callerId.getByLabel("Caller ID that callees see").fill("+4930111");
        button(page, "Add the caller ID").click();
        button(page, "Disable +4930111").click();
        assertThat(page.locator("#caller-ids tr")).containsText("disabled");
        look(page, "gateways");
        button(page, "Remove external/paged").click();
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("groups of gateways use it: paged");
        assertThat(installation.column("SELECT CONCAT_WS(' ', number, enabled) FROM caller_ids"))
                .containsExactly("+4930111 0");
        for (String table : List.of("gateways", "gateway_groups", "caller_ids", "caller_id_pools")) {
            installation.execute("DELETE FROM " + table);
        }
    }

    @Test
    void everythingIsStoppedForAReasonThatAllSeeHungUpAndResumedByKeyboard() throws Exception {
        long campaign = installation.campaign("rolling", Map.of("time_between_calls", 1_000_000));
        installation.numbers(campaign, "100", 3);
        Page page = open();
        button(page, "Stop everything").press("Enter");
        button(page, "Cancel").press("Enter");
        assertThat(page.locator("#stopped")).isHidden();
        button(page, "Stop everything").press("Enter");
        look(page, "stop-everything");
        page.getByLabel("Why, for everybody to see").fill(HOSTILE);
        page.keyboard().press("Enter");
        Locator banner = page.locator("#stopped");
        assertThat(banner).containsText(" by local: " + HOSTILE + ". Calls that are up go on.");
        assertThat(page.locator("#done")).hasText("Everything is stopped");
        assertThat(button(page, "Stop everything")).isHidden();
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("rolling"))
                        .locator(".why"))
                .containsText("everything is stopped since");
        assertThat(installation.column("SELECT CONCAT_WS(' ', why, hang_up) FROM stop_all"))
                .containsExactly(HOSTILE + " 0");
        look(page, "everything-stopped");
        button(page, "Hang up all calls").press("Enter");
        button(page, "Hang up").press("Enter");
        assertThat(banner).containsText("Calls that are up are hung up.");
        assertThat(button(page, "Hang up all calls")).isHidden();
        button(page, "Resume everything").press("Enter");
        button(page, "Resume").press("Enter");
        assertThat(banner).isHidden();
        assertThat(button(page, "Stop everything")).isVisible();
        assertThat(installation.number("SELECT COUNT(*) FROM stop_all")).isZero();
        installation.execute("DELETE FROM campaign_phones WHERE i_campaign = " + campaign);
        installation.execute("DELETE FROM campaigns WHERE i_campaign = " + campaign);
    }

    @Test
    void aTestCallIsShownStepByStepAndALineThatIsNoTestNumberIsRefused() throws Exception {
        long campaign = installation.campaign("tried first", Map.of("paused", 1));
        installation.execute("INSERT INTO test_numbers (number) VALUES ('70011')");
        Page page = open();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("tried first"))
                .click();
        Locator number = page.getByLabel("Call a test number as this campaign would call");
        number.fill("70012");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This is no test number");
        number.fill("70011");
        page.keyboard().press("Enter");
        assertThat(page.locator("#test-call")).containsText("ended, heard for");
        look(page, "test-call");
        installation.execute("DELETE FROM test_numbers");
        installation.execute("DELETE FROM campaigns WHERE i_campaign = " + campaign);
    }

    @Test
    void doNotCallListsAreFilledSearchedAndEmptiedByKeyboardAndCallsEnd() throws Exception {
        installation.execute(
                "INSERT INTO do_not_call_lists (name, country, max_age_days) VALUES ('robinson', 'DE', 31)");
        Page page = open();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Do-not-call"))
                .click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("Do-not-call lists");
        assertThat(page.locator("#no-listed")).isVisible();
        page.getByLabel("Number that must not be called").fill(HOSTILE);
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("cannot be dialled");
        page.getByLabel("Number that must not be called").fill("+49 30 23125456");
        page.getByLabel("Reason").fill(HOSTILE);
        page.getByLabel("Until; blank").fill("2031-01-01T09:00");
        page.getByLabel("End calls to it").check();
        page.getByLabel("Reason").press("Enter");
        assertThat(page.locator("#listed-entries tr")).containsText("until 1 Jan 2031");
        assertThat(page.locator("#listed-entries tr")).containsText(HOSTILE);
        assertThat(page.locator("#done")).hasText("+493023125456 is on the list");
        assertThat(installation.column("SELECT dialled FROM hang_ups")).containsExactly("+493023125456");

        page.getByLabel("List shown").selectOption("robinson");
        assertThat(page.locator("#listed-about")).hasText("Country DE, never loaded, at most 31 days old");
        assertThat(page.locator("#add-title")).hasText("Add a number to list robinson");
        page.getByLabel("Numbers that must not be called")
                .setInputFiles(new FilePayload(
                        "robinson.csv",
                        "text/csv",
                        "030 23125457\n<b>2</b>\n030 23125458\n".getBytes(StandardCharsets.UTF_8)));
        button(page, "Import into the list").click();
        assertThat(page.locator("#listed-report")).containsText("Imported: 2 accepted, 1 refused.");
        assertThat(page.locator("#listed-report li")).containsText("Line 2: <b>2</b> –");
        assertThat(page.locator("#listed-entries tr")).hasCount(0);
        page.getByLabel("Number", new Page.GetByLabelOptions().setExact(true)).fill("0049 30 23125458");
        page.keyboard().press("Enter");
        assertThat(page.locator("#listed-entries tr")).hasCount(1);
        look(page, "do-not-call");
        button(page, "Remove 030 23125458").press("Enter");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
                .click();
        assertThat(page.locator("#no-listed")).isVisible();
        assertThat(installation.column("SELECT written_as FROM do_not_call_entries"))
                .containsExactly("030 23125457");
        installation.execute("DELETE FROM do_not_call");
        installation.execute("UPDATE do_not_call_lists SET name = NULL, loaded_at = NULL");
    }
}
