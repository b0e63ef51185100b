package dev.callout.check;

import dev.callout.campaign.Schedule;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.store.CampaignRow;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the calling rules: whether they can be used, whether they judge anything, and whether their holidays end. */
final class RuleInspection {

    /** So long before a holiday calendar has no more days, somebody should add some. */
    private static final int DAYS_BEFORE = 60;

    private static final String SUBJECT = "calling rule ";

    private final RuleBook rules;
    private final List<String> bindingAll;
    private final LocalDate today;

    /** @param bindingAll {@code callout.calling-rules} */
    RuleInspection(RuleBook rules, List<String> bindingAll, LocalDate today) {
        this.rules = rules;
        this.bindingAll = bindingAll;
        this.today = today;
    }

    /** Returns what was found, one finding for each name and fault. */
    List<Finding> findings(List<CampaignRow> campaigns) {
        List<Finding> findings = new ArrayList<>();
        rules.problems(bindingAll)
                .forEach(problem -> findings.add(Finding.fail(
                        "callout.calling-rules", problem, "correct that; no campaign is dialled until then")));
        Set<String> named = Stream.concat(
                        bindingAll.stream(), campaigns.stream().flatMap(row -> row.ruleNames().stream()))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> told = new TreeSet<>();
        for (RuleBook.Entry entry : rules.entries()) {
            CallingRule rule = entry.rule();
            if (!named.contains(rule.name().toLowerCase(Locale.ROOT))) {
                if (told.add(rule.name())) {
                    findings.add(Finding.warn(
                            SUBJECT + rule.name(),
                            "no campaign names it, so it has no effect",
                            "name it in callout.calling-rules or in calling_rules of campaigns, or delete it"));
                }
                continue;
            }
            if (entry.problems().isEmpty() && rule.judgesNothing()) {
                findings.add(Finding.warn(
                        SUBJECT + rule.name(),
                        "its row for '" + rule.appliesTo() + "' asks nothing, so these numbers may always be called",
                        "give it a schedule or caps, or delete it"));
            }
            endOfHolidays(rule)
                    .filter(text -> told.add(rule.name() + text))
                    .ifPresent(text -> findings.add(Finding.warn(
                            SUBJECT + rule.name(), text, "add the days of the years to come to table holidays")));
        }
        findings.addAll(differentInOneList(campaigns));
        if (findings.isEmpty() && !rules.entries().isEmpty()) {
            findings.add(Finding.ok("calling rules", rules.entries().size() + " rows"));
        }
        return findings;
    }

    /** A list keeps one instant for a number, so what one campaign must not call and another may is read again. */
    private static List<Finding> differentInOneList(List<CampaignRow> campaigns) {
        Map<String, List<CampaignRow>> byList = campaigns.stream()
                .filter(row -> row.campaign().destinationList() != null
                        && !row.campaign().paused())
                .collect(Collectors.groupingBy(
                        row -> row.campaign().destinationList(), TreeMap::new, Collectors.toList()));
        return byList.entrySet().stream()
                .filter(list -> list.getValue().stream()
                                .map(row -> row.callingRules().version())
                                .distinct()
                                .count()
                        > 1)
                .map(list -> Finding.warn(
                        "table " + list.getKey(),
                        "its campaigns "
                                + list.getValue().stream()
                                        .map(row -> row.campaign().name())
                                        .collect(Collectors.joining(", "))
                                + " go by different calling rules: claims of one read numbers again that only others may call",
                        "give each of them a list of its own"))
                .toList();
    }

    private Optional<String> endOfHolidays(CallingRule rule) {
        return Optional.ofNullable(rule.schedule())
                .map(Schedule::holidays)
                .flatMap(days -> days.stream().max(Comparator.naturalOrder()))
                .filter(last -> ChronoUnit.DAYS.between(today, last) < DAYS_BEFORE)
                .map(last -> "its holiday calendar has no days after " + last);
    }
}
