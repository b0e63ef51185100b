package dev.callout.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.callout.testbed.Wav;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A day's work on the live page: a campaign from the spreadsheet to its report, hours and holidays, and another language. */
class DayPageIT extends LookedAtPage {

    /** As offices send it: semicolons, quotes, a number twice, a note where a number should be, and a spreadsheet's power of ten. */
    private static final String MESSY =
            """
            Kunde;Tel. privat;Betrag
            "Ann; jr.";+49 30 23125567;12,50
            Bob;+49 (30) 2312-5567;3
            Cem;siehe Akte;1
            Dora;4,93023E+11;2
            Eva;+49 30 23125568;
            """;

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (String table : List.of(
                "campaign_phones",
                "campaigns",
                "call_attempts",
                "test_numbers",
                "schedule_records",
                "schedules",
                "holidays",
                "holiday_calendars",
                "ivr_prompts",
                "prompt_files")) {
            installation.execute("DELETE FROM " + table);
        }
    }

    private static void yes(Page page, String name) {
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name))
                .press("Enter");
    }

    private static void follow(Page page, String link) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link))
                .press("Enter");
    }

    @Test
    void aCampaignGoesFromAMessySpreadsheetToItsReportByKeyboardAlone() throws Exception {
        installation.execute("INSERT INTO test_numbers (number) VALUES ('+493023125500')");
        Page page = open();
        button(page, "New campaign").press("Enter");
        page.locator("#edit-form [name=name]").fill("day");
        step(page, "check");
        assertThat(page.locator("#edit-missing li")).hasCount(4);
        look(page, "check");
        button(page, "It has nothing to play or run: no prompt, no menu and no application")
                .press("Enter");
        assertThat(page.locator("[name=i_ivr_prompt]")).isFocused();
        page.getByLabel("On answer, if there is no prompt").fill("echo()");
        step(page, "call");
        page.getByLabel("Gateway", new Page.GetByLabelOptions().setExact(true)).fill("external/gw");
        page.locator("[name=cli]").fill("+4930111");
        page.getByLabel("Country of the numbers").fill("DE");
        step(page, "hours");
        page.getByLabel("Attempts for a number, at most").fill("1");
        button(page, "Create").press("Enter");
        toSee(page.locator("#campaign-title"), "day");
        button(page, "It has no numbers: import some").press("Enter");
        assertThat(page.locator("#file")).isFocused();

        page.locator("#file").setInputFiles(new FilePayload("kunden.csv", "", MESSY.getBytes(StandardCharsets.UTF_8)));
        button(page, "Import").press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("which column holds the numbers");
        page.getByLabel("Column of the numbers").selectOption("Tel. privat");
        button(page, "Import").press("Enter");
        assertThat(page.locator("#report")).containsText("Nothing was imported, since lines are refused");
        page.getByLabel("If lines are refused, import the good ones").check();
        button(page, "Import").press("Enter");
        assertThat(page.locator("#report"))
                .containsText("Imported: 2 accepted, 1 duplicate, 0 on the do-not-call list, 2 refused.");
        assertThat(page.locator("#missing-list")).not().containsText("no numbers");
        button(page, "Preview").press("Enter");
        assertThat(page.locator("#preview")).containsText("may be called now");
        page.getByLabel("Call a test number as this campaign would call").fill("+49 30 23125500");
        page.getByLabel("Call a test number as this campaign would call").press("Enter");
        assertThat(page.locator("#test-call")).containsText("ended, heard for");
        look(page, "before-start");

        button(page, "Start day").press("Enter");
        toSee(page.locator("#campaign-state"), "done");
        toSee(page.locator("#campaign-finished"), "2 of 2");
        assertThat(page.locator("#missing")).isHidden();
        button(page, "Pause day").press("Enter");
        toSee(page.locator("#campaign-state"), "paused");
        assertThat(page.locator("#terms")).containsText("external/gw");

        follow(page, "Numbers");
        assertThat(page.locator("#search-title")).isFocused();
        page.getByLabel("Number, in any spelling").fill("+49-30/23125-567");
        page.keyboard().press("Enter");
        Locator rows = page.locator("#search-body tbody tr");
        toSee(page.locator("#search-body [role=status]"), "1 number");
        assertThat(rows).containsText(new String[] {"premature hangup"});
        button(page, "Calls +49 30 23125567").press("Enter");
        assertThat(page.locator(".history li")).containsText(Pattern.compile("attempt 1.*premature hangup"));
        look(page, "numbers");
        button(page, "Call again +49 30 23125567").press("Enter");
        toSee(page.locator("#done"), "+49 30 23125567 is called again");
        assertThat(rows).containsText(new String[] {"as soon as possible"});
        button(page, "Edit +49 30 23125567").press("Enter");
        page.getByLabel("Priority: the lowest is called first").fill("-1");
        page.getByLabel("Variable betrag").fill("99");
        look(page, "number");
        button(page, "Save").press("Enter");
        toSee(page.locator("#done"), "+49 30 23125567 is changed");
        assertThat(installation.column("SELECT CONCAT_WS(' ', priority, finished, JSON_VALUE(vars, '$.betrag')) FROM"
                        + " campaign_phones WHERE cld LIKE '%67'"))
                .containsExactly("-1 0 99");
        page.getByLabel("Number, in any spelling").fill("+49 30 23125568");
        page.keyboard().press("Enter");
        button(page, "Remove +49 30 23125568").press("Enter");
        yes(page, "Remove");
        assertThat(rows).hasCount(0);

        button(page, "Stop everything").press("Enter");
        page.keyboard().press("Enter");
        assertThat(page.locator("#stopped")).isVisible();
        button(page, "Resume everything").press("Enter");
        yes(page, "Resume");
        assertThat(page.locator("#stopped")).isHidden();

        follow(page, "Reports");
        assertThat(page.locator("#reports-body tbody tr")).not().hasCount(0);
        page.locator("#reports-body [name=by]").selectOption("campaign");
        button(page, "Show").press("Enter");
        assertThat(page.locator("#reports-body tbody tr").first()).containsText("day");
        assertThat(page.locator("#reports-body .total")).containsText("Total");
        look(page, "report");
        String csv = Files.readString(page.waitForDownload(() -> page.locator("#reports-body")
                        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Export as CSV"))
                        .press("Enter"))
                .path());
        assertThat(csv).startsWith("campaign,").contains("day,2,");
    }

    @Test
    void aWeekIsDrawnFromAScheduleAndHolidaysCloseIt() throws Exception {
        Page page = open();
        follow(page, "Schedules");
        assertThat(page.locator("#no-schedules")).isVisible();
        page.getByLabel("A new calendar").fill("Hesse");
        page.keyboard().press("Enter");
        page.getByLabel("Day", new Page.GetByLabelOptions().setExact(true)).fill("2027-01-01");
        page.getByLabel("What day it is").fill("New Year");
        page.keyboard().press("Enter");
        assertThat(page.locator("#calendar-list li")).hasText(Pattern.compile("Fri.* 1 Jan 2027.*New Year.*"));
        assertThat(installation.column("SELECT CONCAT_WS(' ', date, text) FROM holidays"))
                .containsExactly("2027-01-01 New Year");

        button(page, "New schedule").press("Enter");
        Locator form = page.locator("#schedule-form");
        form.getByLabel("What the schedule is called").fill("office");
        form.getByLabel("Closed on the days of").selectOption("Hesse");
        form.getByLabel("Calls from").fill("09:00:00");
        form.getByLabel("until").fill("18:00:00");
        button(page, "Add hours").press("Enter");
        form.locator("[name=start_wday]").nth(1).selectOption("6");
        form.locator("[name=stop_wday]").nth(1).selectOption("7");
        form.getByLabel("Calls from").nth(1).fill("22:00:00");
        form.getByLabel("until").nth(1).fill("02:00:00");
        assertThat(page.locator("#schedule-preview li").nth(5)).containsText("00:00–02:00, 22:00–24:00");
        look(page, "schedule-form");
        button(page, "Save").press("Enter");
        toSee(page.locator("#done"), "office is saved");
        Locator week = page.locator("#schedule-list .week li");
        assertThat(week.nth(0)).hasText(Pattern.compile("Mon\\s*09:00–18:00"));
        assertThat(week.nth(6)).hasText(Pattern.compile("Sun\\s*00:00–02:00, 22:00–24:00"));
        assertThat(page.locator("#schedule-list")).containsText("closed on the days of Hesse");
        assertThat(installation.column("SELECT CONCAT_WS(' ', start_wday, stop_wday, start_time, stop_time) FROM"
                        + " schedule_records ORDER BY start_wday"))
                .containsExactly("1 5 09:00:00 17:59:59", "6 7 22:00:00 01:59:59");
        look(page, "schedules");

        button(page, "Edit office").press("Enter");
        assertThat(page.locator("#schedule-dialog")).isVisible();
        assertThat(form.getByLabel("until").first()).hasValue("18:00:00");
        installation.execute("UPDATE schedules SET description = 'changed meanwhile'");
        button(page, "Save").press("Enter");
        toSee(page.locator("#schedule-problem"), "It has changed since it was read: read it again");
        button(page, "Cancel").press("Enter");
        button(page, "Remove office").press("Enter");
        yes(page, "Remove");
        assertThat(page.locator("#no-schedules")).isVisible();
        button(page, "Remove Hesse").press("Enter");
        yes(page, "Remove");
        assertThat(page.locator("#calendar-list section")).hasCount(0);
    }

    @Test
    void aPromptIsUploadedListenedToAndRemovedOnceNothingPlaysIt() throws Exception {
        Page page = open();
        follow(page, "Prompts");
        assertThat(page.locator("#no-prompt-files")).isVisible();
        page.locator("#prompt-file")
                .setInputFiles(new FilePayload("greeting.wav", "audio/wav", Wav.tone(8000, 1000, 440)));
        button(page, "Upload").press("Enter");
        toSee(page.locator("#prompt-report"), "Prompt greeting plays greeting.wav, 1 s");
        assertThat(page.locator("#prompt-files tr")).containsText("8,000 Hz");
        assertThat(button(page, "Remove greeting.wav")).isDisabled();
        assertThat(button(page, "Remove greeting.wav")).hasAttribute("title", "Used by greeting");
        button(page, "Listen to greeting.wav").press("Enter");
        assertThat(page.locator("#prompt-player")).hasAttribute("src", Pattern.compile("blob:.*"));
        look(page, "prompts");
        installation.execute("DELETE FROM ivr_prompts");
        page.reload();
        button(page, "Remove greeting.wav").press("Enter");
        yes(page, "Remove");
        assertThat(page.locator("#no-prompt-files")).isVisible();
    }

    @Test
    void thePageIsGermanWhereTheBrowserIsOrTheUserWantsIt() throws Exception {
        installation.execute("INSERT INTO campaigns (name, paused) VALUES ('Umfrage', 1)");
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld, finished) SELECT i_campaign, seq, seq > 1"
                + " FROM campaigns JOIN seq_1_to_1234");
        Page page = open("de-DE");
        toSee(page.locator("#overview-title"), "Kampagnen");
        assertThat(page.locator("html")).hasAttribute("lang", "de");
        toSee(page.locator("#total-finished"), "1.233 von 1.234");
        assertThat(page.locator("#campaigns .state")).hasText("angehalten");
        look(page, "german");
        button(page, "Neue Kampagne").click();
        look(page, "german-form");
        page.keyboard().press("Escape");
        page.locator("#language").selectOption("en");
        toSee(page.locator("#overview-title"), "Campaigns");
        page.reload();
        toSee(page.locator("#overview-title"), "Campaigns");
        toSee(page.locator("#total-finished"), "1,233 of 1,234");
    }
}
