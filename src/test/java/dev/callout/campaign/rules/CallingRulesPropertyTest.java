package dev.callout.campaign.rules;

import static dev.callout.campaign.rules.CallingRulesTest.BERLIN;
import static dev.callout.campaign.rules.CallingRulesTest.NOON;
import static dev.callout.campaign.rules.CallingRulesTest.TOLL_FREE;
import static dev.callout.campaign.rules.CallingRulesTest.WASHINGTON;
import static dev.callout.campaign.rules.CallingRulesTest.at;
import static dev.callout.campaign.rules.CallingRulesTest.party;
import static dev.callout.campaign.rules.CallingRulesTest.rule;
import static dev.callout.campaign.rules.CallingRulesTest.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.telephone.Telephone;
import dev.callout.campaign.telephone.TelephonePlace;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Calling rules, compared with simple models of them. */
class CallingRulesPropertyTest {

    /** Calls as often as the caps allow, and looks at each window of each cap afterwards. */
    @Property(tries = 300)
    void noWindowHoldsMoreCallsThanItsCapAndNoCallWaitsLongerThanItMust(
            @ForAll("capsOf") List<Cap> caps, @ForAll("gaps") List<Integer> minutes) {
        CallingRules rules = rules(rule("", null, caps.toArray(Cap[]::new)));
        List<PastCall> past = new ArrayList<>();
        Instant now = NOON;
        for (int gap : minutes) {
            now = now.plus(gap, ChronoUnit.MINUTES);
            RuleVerdict verdict = rules.judge(party(BERLIN, past.toArray(PastCall[]::new)), now);
            assertThat(verdict.allowed()).isEqualTo(keeps(caps, past, now));
            if (!verdict.allowed()) {
                assertThat(rules.mayCount(past)).isTrue();
                assertThat(keeps(caps, past, verdict.notBefore())).isTrue();
                assertThat(keeps(caps, past, verdict.notBefore().minusMillis(1)))
                        .isFalse();
                now = verdict.notBefore();
            }
            past.add(new PastCall(now, null));
        }
    }

    /** The model: at most so many calls in the time that ends with this call, the call itself included. */
    private static boolean keeps(List<Cap> caps, List<PastCall> past, Instant now) {
        return caps.stream()
                .allMatch(cap -> 1
                                + past.stream()
                                        .filter(call -> call.sent().isAfter(now.minus(cap.per())))
                                        .count()
                        <= cap.maxCalls());
    }

    @Provide
    Arbitrary<List<Cap>> capsOf() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 200))
                .as((calls, hours) -> new Cap(calls, Duration.ofHours(hours)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Integer>> gaps() {
        return Arbitraries.integers().between(0, 3_000).list().ofMaxSize(30);
    }

    /** The model walks in steps of a quarter of an hour, at which all openings of these schedules lie. */
    @Property(tries = 150)
    void theFirstOpeningIsTheFirstInstantAtWhichAllAreOpenInAllZones(
            @ForAll("schedules") List<Schedule> schedules,
            @ForAll("telephones") String e164,
            @ForAll("quarters") Instant now) {
        CallingRules rules = rules(schedules.stream().map(one -> rule("", one)).toArray(CallingRule[]::new));
        Set<ZoneId> zones = TelephonePlace.of(new Telephone(e164)).zones();
        Instant until = now.plus(9, ChronoUnit.DAYS);
        Instant model = now;
        while (model.isBefore(until) && !open(schedules, zones, model)) {
            model = model.plus(15, ChronoUnit.MINUTES);
        }

        RuleVerdict verdict = rules.judge(party(e164), now);

        Instant judged = verdict.allowed() ? now : verdict.notBefore();
        if (model.isBefore(until)) {
            assertThat(judged).isEqualTo(model);
        } else {
            assertThat(judged).isAfterOrEqualTo(until);
        }
        assertThat(rules.judgeHours(e164, null, now).allowed()).isEqualTo(verdict.allowed());
    }

    @Property(tries = 100)
    void noAnswerDependsOnEarlierQuestions(
            @ForAll("schedules") List<Schedule> schedules,
            @ForAll("asked") List<Instant> instants,
            @ForAll("telephones") String e164) {
        CallingRule[] all = schedules.stream().map(one -> rule("", one)).toArray(CallingRule[]::new);
        CallingRules asked = rules(all);
        for (Instant instant : instants) {
            RuleVerdict fresh = rules(all).judge(party(e164), instant);
            RuleVerdict verdict = asked.judge(party(e164), instant);
            assertThat(verdict.allowed()).isEqualTo(fresh.allowed());
            // Where nothing opens soon, the answer is only the end of the days that were looked at.
            if (!fresh.allowed() && fresh.reason().contains("is closed in")) {
                assertThat(verdict.notBefore()).isEqualTo(fresh.notBefore());
            }
        }
    }

    @Provide
    Arbitrary<List<Instant>> asked() {
        return quarters().list().ofMinSize(2).ofMaxSize(6);
    }

    private static boolean open(List<Schedule> schedules, Set<ZoneId> zones, Instant instant) {
        return zones.stream().allMatch(zone -> schedules.stream().allMatch(one -> one.open(instant, zone)));
    }

    @Provide
    Arbitrary<List<Schedule>> schedules() {
        Arbitrary<Schedule> one = Combinators.combine(
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(0, 6).list().ofMaxSize(2))
                .as((first, last, from, length, holidays) -> new Schedule(List.of(new ScheduleRecord(
                                first, last, from * 3600, Math.min(24 * 3600, (from + length) * 3600) - 1)))
                        .closedOn(holidays.stream()
                                .map(day -> LocalDate.parse("2026-10-23").plusDays(day))
                                .collect(Collectors.toSet())));
        return one.list().ofMinSize(1).ofMaxSize(2);
    }

    @Provide
    Arbitrary<String> telephones() {
        return Arbitraries.of(BERLIN, WASHINGTON, TOLL_FREE, "+79161234567", "+61412345678", "+5511961234567");
    }

    /** Around the end of summer time in Europe, America and its beginning in Australia. */
    @Provide
    Arbitrary<Instant> quarters() {
        return Arbitraries.integers().between(0, 4 * 24 * 14).map(quarter -> at("2026-10-20T00:00:00Z")
                .plus(15L * quarter, ChronoUnit.MINUTES));
    }
}
