package dev.callout.campaign.rules;

import dev.callout.campaign.Schedule;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.WayOut;
import dev.callout.campaign.rules.Openings.From;
import dev.callout.campaign.rules.Openings.Hours;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.Telephone;
import dev.callout.campaign.telephone.TelephonePlace;
import dev.callout.campaign.telephone.TelephoneReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All rules that bind the calls of one campaign, and the campaign's own schedule if it counts in the callee's zone. The
 * strictest wins: every schedule must be open in every zone that the callee may be in, every cap is kept, the longest
 * lockout and the longest ring count. Thread-safe.
 */
public final class CallingRules {

    /** Binds nothing: every number may be called. */
    public static final CallingRules NONE = new CallingRules(List.of(), null, null);

    private final List<CallingRule> rules;
    private final Schedule ownSchedule;
    private final ZoneId campaignZone;
    /** Why nobody may be called; null: nothing forbids it. */
    private final String refusal;

    private final String version;
    private final Openings openings = new Openings();

    /**
     * @param rules        the rules; none has {@linkplain CallingRule#problems() problems}
     * @param ownSchedule  the campaign's schedule, if it counts in the callee's zone; null: it does not
     * @param campaignZone the zone of a callee of whom none is known, as long as no rules bind the campaign; null: there is
     *                     none
     */
    public CallingRules(List<CallingRule> rules, Schedule ownSchedule, ZoneId campaignZone) {
        this(rules, ownSchedule, campaignZone, null);
    }

    private CallingRules(List<CallingRule> rules, Schedule ownSchedule, ZoneId campaignZone, String refusal) {
        this.rules = List.copyOf(rules);
        this.ownSchedule = ownSchedule;
        this.campaignZone = campaignZone;
        this.refusal = refusal;
        this.version = isEmpty() ? "" : RulesHash.of(rules, ownSchedule, campaignZone, refusal);
    }

    /**
     * Returns rules that let nobody be called.
     *
     * @param reason why, in words for an operator
     */
    static CallingRules refusing(String reason) {
        return new CallingRules(List.of(), null, null, reason);
    }

    /** Returns whether they judge nothing: each number may be called as far as they are concerned. */
    public boolean isEmpty() {
        return rules.isEmpty() && ownSchedule == null && refusal == null;
    }

    /** Returns the rules that bind the campaign. */
    public List<CallingRule> rules() {
        return rules;
    }

    /**
     * Returns what changes whenever a verdict may change other than by time, by the number's row or by calls: a hash of 16
     * letters over the rules, schedules, holidays and zones, and the versions of the time zone data. Empty if they are
     * {@linkplain #isEmpty() empty}.
     */
    public String version() {
        return version;
    }

    /** Returns how far back calls and conversations count at most; zero if none do. */
    public Duration longestWindow() {
        return rules.stream()
                .flatMap(rule -> Stream.concat(rule.caps().stream().map(Cap::per), Stream.ofNullable(rule.lockout())))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Returns how long each call must be let ring at least; zero if no rule says so. */
    public Duration shortestRing() {
        return rules.stream()
                .map(CallingRule::shortestRing)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * Judges whether a number may be called.
     *
     * @param now the instant of the call
     */
    public RuleVerdict judge(CalledParty callee, Instant now) {
        if (isEmpty()) {
            return RuleVerdict.ALLOWED;
        }
        if (refusal != null) {
            return RuleVerdict.never(refusal);
        }
        TelephonePlace place = TelephonePlace.of(new Telephone(callee.e164()));
        List<CallingRule> covering = covering(callee.e164(), place);
        if (covering.isEmpty() && !rules.isEmpty()) {
            return notCovered(place);
        }
        for (CallingRule rule : covering) {
            Optional<String> lacking = lacking(rule, callee, place);
            if (lacking.isPresent()) {
                return RuleVerdict.never(lacking.get());
            }
        }
        return open(covering, place, callee.timezone(), afterEarlierCalls(covering, callee.past(), now), now);
    }

    /**
     * Judges the hours alone: whether a call may start now, as far as the callee's zones and the schedules are concerned.
     *
     * @param e164     the telephone
     * @param timezone the time zone that the number's row names; null: it names none
     */
    public RuleVerdict judgeHours(String e164, String timezone, Instant now) {
        if (isEmpty()) {
            return RuleVerdict.ALLOWED;
        }
        if (refusal != null) {
            return RuleVerdict.never(refusal);
        }
        TelephonePlace place = TelephonePlace.of(new Telephone(e164));
        List<CallingRule> covering = covering(e164, place);
        return covering.isEmpty() && !rules.isEmpty()
                ? notCovered(place)
                : open(covering, place, timezone, new From(now, null), now);
    }

    /**
     * Returns whether earlier calls may forbid one more call of a callee whom the rules let be called otherwise. Where it is
     * false, no rule needs to be asked.
     *
     * @param past the earlier calls to one telephone
     */
    public boolean mayCount(List<PastCall> past) {
        for (CallingRule rule : rules) {
            if (rule.lockout() != null && !past.isEmpty()) {
                return true;
            }
            for (Cap cap : rule.caps()) {
                if (past.size() >= cap.maxCalls()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether any of the rules requires a caller ID. */
    public boolean requireCallerIds() {
        return rules.stream().anyMatch(CallingRule::callerIdRequired);
    }

    /**
     * Returns why a call must not be made with this caller ID; empty: it may be, as far as the caller ID is concerned.
     *
     * @param e164     the telephone
     * @param callerId what the callee would see; null: nothing
     */
    public Optional<String> callerIdProblem(String e164, String callerId) {
        if (!requireCallerIds()) {
            return Optional.empty();
        }
        TelephonePlace place = TelephonePlace.of(new Telephone(e164));
        return covering(e164, place).stream()
                .flatMap(rule -> callerIdProblem(rule, callerId, e164, place).stream())
                .findFirst();
    }

    private List<CallingRule> covering(String e164, TelephonePlace place) {
        List<CallingRule> covering = new ArrayList<>(rules.size());
        for (CallingRule rule : rules) {
            if (rule.covers(e164, place)) {
                covering.add(rule);
            }
        }
        return covering;
    }

    private static RuleVerdict notCovered(TelephonePlace place) {
        return RuleVerdict.never("no rule covers " + place.callingCode()
                + (place.countries().size() == 1
                        ? " (" + place.countries().iterator().next() + ")"
                        : ""));
    }

    private static Optional<String> lacking(CallingRule rule, CalledParty callee, TelephonePlace place) {
        if (rule.consentRequired() && isBlank(callee.consent())) {
            return Optional.of("rule " + rule.name() + ": the number has no consent");
        }
        return WayOut.FROM_POOL.equals(callee.callerId())
                ? Optional.empty()
                : callerIdProblem(rule, callee.callerId(), callee.e164(), place);
    }

    private static Optional<String> callerIdProblem(
            CallingRule rule, String callerId, String e164, TelephonePlace place) {
        if (rule.callerIdRequired() && digits(callerId).isEmpty()) {
            return Optional.of("rule " + rule.name() + ": the callee would see no caller ID");
        }
        return rule.callerIdRequired() && isSame(callerId, e164, place)
                ? Optional.of("rule " + rule.name() + ": the caller ID is the callee's own number")
                : Optional.empty();
    }

    /** Returns whether a caller ID, read as the callee's telephone would show it, is the callee's own number. */
    private static boolean isSame(String callerId, String e164, TelephonePlace place) {
        return digits(callerId).equals(digits(e164))
                || place.countries().stream().filter(Country::isKnown).anyMatch(country -> {
                    try {
                        return TelephoneReader.read(callerId, new Country(country))
                                .e164()
                                .equals(e164);
                    } catch (UndialableException e) {
                        return false;
                    }
                });
    }

    private static From afterEarlierCalls(List<CallingRule> covering, List<PastCall> past, Instant now) {
        From latest = new From(now, null);
        for (CallingRule rule : covering) {
            for (Cap cap : rule.caps()) {
                Instant from = cap.notBefore(past, now);
                if (from.isAfter(latest.instant())) {
                    latest = new From(
                            from,
                            "rule " + rule.name() + ": " + cap.maxCalls() + " calls in "
                                    + cap.per().toHours() + " h are made");
                }
            }
            if (rule.lockout() != null) {
                Instant last = past.stream()
                        .map(PastCall::talkedUntil)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null);
                if (last != null && last.plus(rule.lockout()).isAfter(latest.instant())) {
                    latest = new From(
                            last.plus(rule.lockout()),
                            "rule " + rule.name() + ": " + rule.lockout().toHours()
                                    + " h have not passed since a conversation");
                }
            }
        }
        return latest;
    }

    private RuleVerdict open(
            List<CallingRule> covering, TelephonePlace place, String timezone, From from, Instant now) {
        List<Hours> hours = new ArrayList<>();
        for (CallingRule rule : covering) {
            if (rule.schedule() != null) {
                hours.add(new Hours("rule " + rule.name(), rule.schedule()));
            }
        }
        if (ownSchedule != null) {
            hours.add(new Hours("the campaign's schedule", ownSchedule));
        }
        if (hours.isEmpty()) {
            return verdict(from, now);
        }
        Set<ZoneId> zones;
        if (!isBlank(timezone)) {
            try {
                zones = Set.of(ZoneId.of(timezone.strip()));
            } catch (DateTimeException e) {
                return RuleVerdict.never("column timezone is no time zone such as Europe/Berlin");
            }
        } else {
            zones = place.zones();
            if (zones.isEmpty() && rules.isEmpty() && campaignZone != null) {
                zones = Set.of(campaignZone);
            }
        }
        if (zones.isEmpty()) {
            return RuleVerdict.never("no time zone is known of it: set column timezone");
        }
        return verdict(openings.first(positions(covering), zones, hours, from), now);
    }

    private List<Integer> positions(List<CallingRule> covering) {
        List<Integer> positions = new ArrayList<>(covering.size());
        // Both are in the same order.
        for (int position = 0; positions.size() < covering.size(); position++) {
            if (rules.get(position) == covering.get(positions.size())) {
                positions.add(position);
            }
        }
        return positions;
    }

    private static RuleVerdict verdict(From from, Instant now) {
        return from.instant().isAfter(now) ? RuleVerdict.notBefore(from.instant(), from.reason()) : RuleVerdict.ALLOWED;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static String digits(String text) {
        return text == null ? "" : text.replaceAll("\\D", "");
    }
}
