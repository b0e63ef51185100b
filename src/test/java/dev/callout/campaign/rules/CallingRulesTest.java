package dev.callout.campaign.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.WayOut;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallingRulesTest {

    static final String BERLIN = "+493023125456";
    static final String WASHINGTON = "+12025550611";
    static final String TOLL_FREE = "+18005550199";
    static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");
    private static final Schedule DAY = hours(1, 7, 8, 21);

    private static Schedule hours(int firstDay, int lastDay, int from, int until) {
        return new Schedule(List.of(new ScheduleRecord(firstDay, lastDay, from * 3600, until * 3600 - 1)));
    }

    static CallingRule rule(String appliesTo, Schedule schedule, Cap... caps) {
        return new CallingRule("r" + appliesTo, appliesTo, schedule, List.of(caps), null, null, false, false);
    }

    static CallingRules rules(CallingRule... rules) {
        return new CallingRules(List.of(rules), null, null);
    }

    static CalledParty party(String e164, PastCall... past) {
        return new CalledParty(e164, null, null, null, List.of(past));
    }

    private static PastCall sent(String instant) {
        return new PastCall(Instant.parse(instant), null);
    }

    static Instant at(String instant) {
        return Instant.parse(instant);
    }

    @Test
    void withoutRulesEveryNumberMayBeCalled() {
        assertThat(CallingRules.NONE.isEmpty()).isTrue();
        assertThat(CallingRules.NONE.judge(party(BERLIN), NOON)).isEqualTo(RuleVerdict.ALLOWED);
    }

    @Test
    void theCalleesZoneCounts() {
        CallingRules rules = rules(rule("", DAY));

        assertThat(rules.judge(party(BERLIN), NOON)).isEqualTo(RuleVerdict.ALLOWED);
        assertThat(rules.judge(party(WASHINGTON), NOON))
                .isEqualTo(RuleVerdict.notBefore(at("2026-11-23T13:00:00Z"), "rule r is closed in America/New_York"));
    }

    @Test
    void theZoneOfTheRowWinsOverThatOfTheNumber() {
        CallingRules rules = rules(rule("", DAY));
        CalledParty inBerlin = new CalledParty(WASHINGTON, "Europe/Berlin", null, null, List.of());

        assertThat(rules.judge(inBerlin, NOON)).isEqualTo(RuleVerdict.ALLOWED);
        assertThat(rules.judge(new CalledParty(WASHINGTON, "Berlin", null, null, List.of()), NOON))
                .isEqualTo(RuleVerdict.never("column timezone is no time zone such as Europe/Berlin"));
    }

    @Test
    void allPossibleZonesMustBeOpen() {
        CallingRules rules = rules(rule("", DAY));
        RuleVerdict verdict = rules.judge(party(TOLL_FREE), at("2026-11-23T15:00:00Z"));

        assertThat(verdict.allowed()).isFalse();
        assertThat(rules.judge(party(TOLL_FREE), verdict.notBefore())).isEqualTo(RuleVerdict.ALLOWED);
        assertThat(rules.judge(party(TOLL_FREE), verdict.notBefore().minusMillis(1))
                        .allowed())
                .isFalse();
    }

    /** The table in docs/rules.md. */
    @ParameterizedTest
    @CsvSource({"+18005550199, 90, 150", "+79161234567, 180, 240", "+61412345678, 510, 540", "+493023125456, 780, 780"})
    void severalZonesCostMostOfTheDay(String e164, int winter, int summer) {
        CallingRules rules = rules(rule("", DAY));

        assertThat(Stream.of("2026-01-14T00:00:00Z", "2026-07-15T00:00:00Z")
                        .map(CallingRulesTest::at)
                        .map(midnight -> IntStream.range(0, 24 * 60)
                                .filter(minute -> rules.judgeHours(
                                                e164, null, midnight.plus(minute, ChronoUnit.MINUTES))
                                        .allowed())
                                .count())
                        .sorted())
                .containsExactly((long) winter, (long) summer);
    }

    @Test
    void aNumberThatNoRuleCoversIsNotCalled() {
        CallingRules rules = rules(rule("DE", DAY), rule("+1212", null));

        assertThat(rules.judge(party("+33142345678"), NOON)).isEqualTo(RuleVerdict.never("no rule covers +33 (FR)"));
        assertThat(rules.judge(party("+12125550123"), NOON)).isEqualTo(RuleVerdict.ALLOWED);
        assertThat(rules.judge(party(WASHINGTON), NOON)).isEqualTo(RuleVerdict.never("no rule covers +1 (US)"));
    }

    @Test
    void aNumberThatMayBeInSeveralCountriesIsBoundByTheRulesOfEach() {
        CallingRules rules = rules(rule("US", null), rule("CA", null, new Cap(1, Duration.ofDays(1))));

        assertThat(rules.judge(party("+11115550199", sent("2026-11-23T10:00:00Z")), NOON)
                        .notBefore())
                .isEqualTo(at("2026-11-24T10:00:00Z"));
    }

    @Test
    void aCapFallsOutExactlyWhenItsOldestCallDoes() {
        CallingRules rules = rules(rule("", null, new Cap(2, Duration.ofHours(24))));
        CalledParty twice = party(BERLIN, sent("2026-11-23T10:59:00Z"), sent("2026-11-22T12:00:00Z"));

        assertThat(rules.judge(twice, NOON))
                .isEqualTo(RuleVerdict.notBefore(at("2026-11-23T12:00:00Z"), "rule r: 2 calls in 24 h are made"));
        assertThat(rules.judge(twice, at("2026-11-23T12:00:00Z"))).isEqualTo(RuleVerdict.ALLOWED);
    }

    @Test
    void aCapThatEndsWhileTheRuleIsClosedWaitsForItsOpening() {
        CallingRules rules = rules(rule("", DAY, new Cap(1, Duration.ofHours(12))));

        assertThat(rules.judge(party(BERLIN, sent("2026-11-23T10:00:00Z")), NOON))
                .isEqualTo(RuleVerdict.notBefore(at("2026-11-24T07:00:00Z"), "rule r is closed in Europe/Berlin"));
    }

    @Test
    void aLockoutBeginsWithTheEndOfAConversation() {
        CallingRule rule = new CallingRule("f", "", null, List.of(), Duration.ofDays(7), null, false, false);
        PastCall talked = new PastCall(at("2026-11-20T10:00:00Z"), at("2026-11-20T10:05:00Z"));

        assertThat(rules(rule).judge(party(BERLIN, talked, sent("2026-11-21T10:00:00Z")), NOON))
                .isEqualTo(RuleVerdict.notBefore(
                        at("2026-11-27T10:05:00Z"), "rule f: 168 h have not passed since a conversation"));
    }

    @Test
    void earlierCallsNeedNoLookAsLongAsNoCapIsReachedAndNothingLocksOut() {
        CallingRules capped = rules(rule("", null, new Cap(2, Duration.ofDays(1)), new Cap(9, Duration.ofDays(7))));
        CallingRules lockedOut =
                rules(new CallingRule("f", "", null, List.of(), Duration.ofDays(7), null, false, false));

        assertThat(capped.mayCount(List.of(sent("2026-11-21T10:00:00Z")))).isFalse();
        assertThat(capped.mayCount(List.of(sent("2026-11-21T10:00:00Z"), sent("2026-11-21T11:00:00Z"))))
                .isTrue();
        assertThat(lockedOut.mayCount(List.of())).isFalse();
        assertThat(lockedOut.mayCount(List.of(sent("2026-11-21T10:00:00Z")))).isTrue();
    }

    @Test
    void aRuleMayWantACallerIdThatIsNotTheCalleesOwn() {
        CallingRule rule = new CallingRule("c", "", null, List.of(), null, null, true, false);

        assertThat(rules(rule).judge(new CalledParty(BERLIN, null, null, null, List.of()), NOON))
                .isEqualTo(RuleVerdict.never("rule c: the callee would see no caller ID"));
        for (String own : List.of("+49 30 23125456", "030/23125456", "004930 23125456")) {
            assertThat(rules(rule).judge(new CalledParty(BERLIN, null, own, null, List.of()), NOON))
                    .isEqualTo(RuleVerdict.never("rule c: the caller ID is the callee's own number"));
        }
        assertThat(rules(rule).judge(new CalledParty(BERLIN, null, "+49301111", null, List.of()), NOON))
                .isEqualTo(RuleVerdict.ALLOWED);
    }

    @Test
    void whatAPoolGivesIsJudgedOnceItIsChosen() {
        CallingRules rules = rules(new CallingRule("c", "DE", null, List.of(), null, null, true, false));

        assertThat(rules.judge(new CalledParty(BERLIN, null, WayOut.FROM_POOL, null, List.of()), NOON))
                .isEqualTo(RuleVerdict.ALLOWED);
        assertThat(rules.callerIdProblem(BERLIN, null)).hasValue("rule c: the callee would see no caller ID");
        assertThat(rules.callerIdProblem(BERLIN, "030 23125456"))
                .hasValue("rule c: the caller ID is the callee's own number");
        assertThat(rules.callerIdProblem(BERLIN, "030 1111")).isEmpty();
        assertThat(rules.callerIdProblem(WASHINGTON, null)).isEmpty();
    }

    @Test
    void aRuleMayWantAConsent() {
        CallingRule rule = new CallingRule("c", "", null, List.of(), null, null, false, true);

        assertThat(rules(rule).judge(new CalledParty(BERLIN, null, null, " ", List.of()), NOON))
                .isEqualTo(RuleVerdict.never("rule c: the number has no consent"));
        assertThat(rules(rule).judge(new CalledParty(BERLIN, null, null, "fair, 2026-05-01", List.of()), NOON))
                .isEqualTo(RuleVerdict.ALLOWED);
    }

    @Test
    void withoutRulesAnUnknownZoneIsTheCampaigns() {
        ZoneId campaignZone = ZoneId.of("Europe/Berlin");
        // +800 is in no country, and no zone is known of it.
        CallingRules own = new CallingRules(List.of(), DAY, campaignZone);
        CallingRules bound = new CallingRules(List.of(rule("", null)), DAY, campaignZone);

        assertThat(own.judge(party("+80012345678"), NOON)).isEqualTo(RuleVerdict.ALLOWED);
        assertThat(bound.judge(party("+80012345678"), NOON))
                .isEqualTo(RuleVerdict.never("no time zone is known of it: set column timezone"));
    }

    @Test
    void theVersionChangesWithWhateverCanChangeAVerdict() {
        CallingRules before = rules(rule("", DAY));

        assertThat(rules(rule("", DAY)).version()).isEqualTo(before.version()).hasSize(16);
        assertThat(List.of(
                        rules(rule("", DAY.closedOn(Set.of(LocalDate.parse("2027-01-01")))))
                                .version(),
                        rules(rule("", hours(1, 7, 8, 20))).version(),
                        rules(rule("DE", DAY)).version(),
                        rules(rule("", DAY, new Cap(3, Duration.ofDays(1)))).version(),
                        new CallingRules(List.of(rule("", DAY)), DAY, null).version(),
                        new CallingRules(List.of(), DAY, null).version(),
                        new CallingRules(List.of(), DAY, ZoneId.of("UTC")).version()))
                .doesNotHaveDuplicates()
                .doesNotContain(before.version());
        assertThat(new CallingRules(List.of(rule("", DAY)), null, ZoneId.of("UTC")).version())
                .as("rules do not ask the campaign's zone")
                .isEqualTo(before.version());
    }

    @Test
    void theLongestRingCounts() {
        CallingRules rules = rules(
                new CallingRule("a", "GB", null, List.of(), null, Duration.ofSeconds(15), false, false),
                new CallingRule("a", "", null, List.of(), null, Duration.ofSeconds(5), false, false));

        assertThat(rules.shortestRing()).isEqualTo(Duration.ofSeconds(15));
        assertThat(CallingRules.NONE.shortestRing()).isZero();
    }
}
