package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleInspectionTest {

    private static final LocalDate TODAY = LocalDate.parse("2030-10-28");

    private static CallingRule rule(String name, String appliesTo, String... holidays) {
        Schedule schedule = new Schedule(List.of(new ScheduleRecord(1, 5, 0, 86_399)))
                .closedOn(Set.of(holidays).stream().map(LocalDate::parse).collect(Collectors.toSet()));
        return new CallingRule(name, appliesTo, schedule, List.of(), null, null, false, false);
    }

    private static List<String> findings(List<CallingRule> rules, String installation, String campaign) {
        RuleBook book = new RuleBook(
                rules.stream().map(rule -> new RuleBook.Entry(rule, List.of())).toList());
        CampaignRow row =
                new CampaignRow(Map.of("i_campaign", 1L, "calling_rules", campaign), CampaignDefaults.NONE.with(book));
        return new RuleInspection(book, List.of(installation.split(",")), TODAY)
                .findings(List.of(row)).stream().map(Finding::toString).toList();
    }

    @Test
    void itWarnsSixtyDaysBeforeTheHolidaysOfARuleEnd() {
        assertThat(findings(List.of(rule("de", "DE", "2030-12-26", "2026-01-01")), "de", ""))
                .containsExactly(
                        "WARN  calling rule de: its holiday calendar has no days after 2030-12-26 -> add the days of"
                                + " the years to come to table holidays");
        assertThat(findings(List.of(rule("de", "DE", "2030-12-27")), "de", ""))
                .containsExactly("OK    calling rules: 1 rows");
    }

    @Test
    void itNamesRulesWithoutEffectAndNamesWithoutRules() {
        CallingRule nothing = new CallingRule("empty", "FR", null, List.of(), null, null, false, false);

        assertThat(findings(List.of(rule("unused", "DE"), rule("unused", "FR"), nothing), "gone", "Empty"))
                .containsExactly(
                        "FAIL  callout.calling-rules: there is no calling rule 'gone': add it, or leave the name out ->"
                                + " correct that; no campaign is dialled until then",
                        "WARN  calling rule unused: no campaign names it, so it has no effect -> name it in"
                                + " callout.calling-rules or in calling_rules of campaigns, or delete it",
                        "WARN  calling rule empty: its row for 'FR' asks nothing, so these numbers may always be called ->"
                                + " give it a schedule or caps, or delete it");
    }

    @Test
    void itNamesListsWhoseCampaignsGoByDifferentRules() {
        List<CallingRule> rules = List.of(rule("one", "DE"), rule("two", "DE", "2031-12-25"));
        RuleBook book = new RuleBook(
                rules.stream().map(rule -> new RuleBook.Entry(rule, List.of())).toList());
        List<CampaignRow> rows = Stream.of("one", "two", "one")
                .map(name -> new CampaignRow(
                        Map.of(
                                "i_campaign",
                                1L,
                                "name",
                                "c " + name,
                                "calling_rules",
                                name,
                                "destination_list",
                                "streets"),
                        CampaignDefaults.NONE.with(book)))
                .toList();

        assertThat(new RuleInspection(book, List.of(), TODAY)
                        .findings(rows).stream().map(Finding::toString))
                .containsExactly("WARN  table streets: its campaigns c one, c two, c one go by different calling rules:"
                        + " claims of one read numbers again that only others may call -> give each of them a list of its"
                        + " own");
        assertThat(new RuleInspection(book, List.of("two"), TODAY)
                        .findings(List.of(rows.get(0), rows.get(2))).stream().map(Finding::toString))
                .containsExactly("OK    calling rules: 2 rows");
    }
}
