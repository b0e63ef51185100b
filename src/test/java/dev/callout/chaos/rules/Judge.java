package dev.callout.chaos.rules;

import dev.callout.chaos.rules.Hours.OpenIn;
import dev.callout.chaos.rules.Scenario.Campaign;
import dev.callout.chaos.rules.Scenario.Row;
import dev.callout.chaos.rules.Scenario.Rule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may be called, as far as earlier calls do not matter. */
record Judge(Scenario scenario) {

    /**
     * Returns why a number may not be called.
     *
     * @param at    when
     * @param known what somebody has added to lists and calendars since then does not count
     * @return empty: it may be
     */
    Optional<String> problem(Row row, Instant at, Instant known) {
        Campaign campaign = row.campaign();
        List<Rule> covering = covering(row);
        if (isListed(row, at, known)) {
            return Optional.of("listed");
        }
        if (covering.isEmpty() && !scenario.binding(campaign).isEmpty()) {
            return Optional.of("no rule covers it");
        }
        if (covering.stream().anyMatch(Rule::consent) && !row.consent()) {
            return Optional.of("has not agreed");
        }
        List<OpenIn> hours = hours(row);
        if (hours.stream().anyMatch(one -> one.zones().isEmpty())) {
            return Optional.of("its zone is none");
        }
        return hours.stream().allMatch(one -> one.hours().isOpen(at, one.zones(), known))
                ? Optional.empty()
                : Optional.of("closed");
    }

    /** Returns whether only the hours can keep a number from being called. */
    boolean isOfHours(Row row, Instant at) {
        return problem(row, at, Instant.MAX).filter("closed"::equals).isPresent();
    }

    boolean isListed(Row row, Instant at, Instant known) {
        return scenario.listed.stream()
                .anyMatch(entry -> entry.callee().equals(row.callee())
                        && (!entry.register() || row.campaign().register())
                        && !entry.since().isAfter(known)
                        && (entry.expires() == null || entry.expires().isAfter(at)));
    }

    List<Rule> covering(Row row) {
        return scenario.binding(row.campaign()).stream()
                .filter(rule -> row.callee().isCoveredBy(rule.appliesTo()))
                .toList();
    }

    /** Returns what must be open; without zones if the number's is none. */
    List<OpenIn> hours(Row row) {
        List<OpenIn> hours = new ArrayList<>();
        List<ZoneId> zones = zones(row);
        covering(row).stream()
                .filter(rule -> rule.hours() != null)
                .forEach(rule -> hours.add(new OpenIn(rule.hours(), zones)));
        Campaign campaign = row.campaign();
        if (campaign.own() != null) {
            hours.add(new OpenIn(campaign.own(), campaign.inCallee() ? zones : List.of(campaign.zone())));
        }
        return hours;
    }

    private static List<ZoneId> zones(Row row) {
        try {
            return row.timezone() == null ? row.callee().zones() : List.of(ZoneId.of(row.timezone()));
        } catch (DateTimeException e) {
            return List.of();
        }
    }

    /** Returns whether a call that the switch got at an instant may have been decided a little before. */
    boolean mayHaveBeen(Row row, Instant at, Duration late, Duration clocks) {
        for (Instant then = at.plus(clocks); !then.isBefore(at.minus(late)); then = then.minusMillis(250)) {
            if (problem(row, then, at.minus(late)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many calls each hour a number's telephone may have from its campaign; empty: any number. */
    Optional<Integer> cap(Row row) {
        return covering(row).stream().map(Rule::cap).filter(cap -> cap > 0).min(Integer::compareTo);
    }

    boolean isLockedOutAfterConversations(Row row) {
        return covering(row).stream().anyMatch(Rule::lockout);
    }
}
