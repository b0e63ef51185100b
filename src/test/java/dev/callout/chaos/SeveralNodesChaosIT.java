package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreshDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three diallers on one database. One is killed for good. One stands still for more than twice its lease, and goes on.
 * The others take over its calls, and it must notice that before it dials anybody. One campaign has a pace, which holds
 * over all of them. Of another one, somebody deletes numbers during their calls, and spoils all counts of lines. Others
 * have the same telephones, each in several spellings, and some of them may call each telephone twice an hour only.
 *
 * <p>It has the machine for itself, because it measures a pace by the instants at which the switch reads originates.
 */
@Tag("alone")
@Tag("chaos")
class SeveralNodesChaosIT {

    /** Longer than a busy machine makes one of them stand still by chance. */
    private static final Duration LEASE = Duration.ofSeconds(8);

    private static final int PACED = 30;
    private static final int TELEPHONES = 10;
    private static final Pattern TELEPHONE = Pattern.compile("(?:\\+49|0049|0)30(20000\\d+)");
    private static final Pattern CAPPED = Pattern.compile("(?:\\+49|0049|0)30(30000\\d+)");
    private static final int CAP = 2;

    private static final Duration TIME_BETWEEN_CALLS = Duration.ofMillis(1000);

    @Test
    void promisesAreKept() throws Exception {
        try (Site site = new Site("several nodes", FreshDatabase.create())
                .with("callout.switch.sim.calls-per-second", "45")
                .with("callout.lease-sec", Long.toString(LEASE.toSeconds()))) {
            site.startSwitch();
            site.startDialler("a");
            site.database().awaitTables();
            editedCampaign(site);
            deleteSomeOf("a", site);
            site.startDialler("b");
            site.startDialler("c");
            site.await("three nodes", () -> site.database().number("SELECT COUNT(DISTINCT name) FROM nodes") == 3);
            site.database().campaign(Site.size(250, 2000));
            campaignsOfTheSameTelephones(site);
            cappedCampaigns(site);
            // A node that has just started is late with its first calls.
            site.awaitNewCalls(40);
            pacedCampaign(site);
            site.awaitNewCalls(20);
            site.database().execute("UPDATE campaign_lines SET claimed = claimed + 1000 WHERE owner = ''");
            site.anyInstantWithin(Duration.ofMillis(1500));
            site.kill("b");
            for (int i = 0; i < Site.size(2, 6) && !allFinishedOrCapped(site); i++) {
                site.await("calls of c", () -> site.database().inProgressOf("c") >= 5 || allFinishedOrCapped(site));
                site.anyInstantWithin(Duration.ofMillis(500));
                site.freeze("c", LEASE.multipliedBy(2).plusSeconds(1));
                site.pause(Duration.ofSeconds(2));
            }
            withdrawCapped(site);
            site.awaitAllFinished();
            Promises.assertKept(site);
            assertThat(callsTo(CAPPED, site))
                    .as("calls to one telephone within the hour")
                    .hasSize(TELEPHONES)
                    .allSatisfy((telephone, calls) -> assertThat(calls).isLessThanOrEqualTo(CAP));
            assertThat(site.ledger().peaks(call -> of(TELEPHONE, call)))
                    .as("calls to one telephone at once")
                    .hasSize(TELEPHONES)
                    .allSatisfy((telephone, calls) -> assertThat(calls).isEqualTo(1));
            assertThat(distances(site))
                    .as("a paced campaign's calls, from each to the next but one")
                    .hasSizeGreaterThanOrEqualTo(PACED - 1)
                    .allMatch(distance -> distance.compareTo(TIME_BETWEEN_CALLS.plusMillis(20)) >= 0);
            assertThat(site.dialler("c").output())
                    .as("log of the node that stood still")
                    .contains("has lost its lease");
        }
    }

    private static void pacedCampaign(Site site) throws SQLException {
        site.database()
                .execute(
                        "INSERT INTO campaigns (name, profile_gateway, action_on_answer, max_concurrent_calls, max_attempts,"
                                + " backoff_sec, timeout_sec, time_between_calls) VALUES ('paced', 'gw', 'echo()', "
                                + Site.CAP
                                + ", "
                                + Site.MOST_ATTEMPTS + ", 2, 10, " + TIME_BETWEEN_CALLS.toMillis() / 1000.0 + ")");
        site.database()
                .execute(
                        "INSERT INTO campaign_phones (i_campaign, cld) SELECT MAX(i_campaign), 4940000000 + seq FROM campaigns,"
                                + " seq_0_to_" + PACED + " GROUP BY seq");
    }

    private static void editedCampaign(Site site) throws SQLException {
        site.database()
                .execute(
                        "INSERT INTO campaigns (name, profile_gateway, action_on_answer, max_concurrent_calls, max_attempts,"
                                + " backoff_sec, timeout_sec) VALUES ('edited', 'gw', 'echo()', 10, 1, 2, 10)");
        site.database()
                .execute(
                        "INSERT INTO campaign_phones (i_campaign, cld) SELECT MAX(i_campaign), 4950000000 + seq FROM campaigns,"
                                + " seq_0_to_300 GROUP BY seq");
    }

    private static void campaignsOfTheSameTelephones(Site site) throws SQLException {
        for (String prefix : List.of("+4930", "0049 (30) ", "030-")) {
            campaignOfTelephones("written as " + prefix, prefix, 2_000_000, "NULL", site);
        }
    }

    private static void cappedCampaigns(Site site) throws SQLException {
        site.database().execute("INSERT INTO calling_rules (name) VALUES ('seldom')");
        site.database()
                .execute("INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours) SELECT i_calling_rule, " + CAP
                        + ", 1 FROM calling_rules");
        for (String prefix : List.of("+4930", "030-")) {
            campaignOfTelephones("capped " + prefix, prefix, 3_000_000, "'seldom'", site);
        }
    }

    private static void campaignOfTelephones(String name, String prefix, int first, String rules, Site site)
            throws SQLException {
        site.database()
                .execute(
                        "INSERT INTO campaigns (name, profile_gateway, action_on_answer, max_concurrent_calls, max_attempts,"
                                + " backoff_sec, timeout_sec, country, calling_rules) VALUES ('" + name
                                + "', 'gw', 'echo()', 10, "
                                + Site.MOST_ATTEMPTS + ", 2, 10, 'DE', " + rules + ")");
        site.database()
                .execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT MAX(i_campaign), CONCAT('" + prefix
                        + "', " + first + " + seq) FROM campaigns, seq_1_to_" + TELEPHONES + " GROUP BY seq");
    }

    private static boolean allFinishedOrCapped(Site site) throws SQLException {
        return site.database()
                        .number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 0 AND rule_not_before IS NULL")
                == 0;
    }

    /** Deletes the numbers that must wait for the end of the hour, once all others of these campaigns are finished. */
    private static void withdrawCapped(Site site) throws SQLException {
        String capped = " FROM campaign_phones WHERE finished = 0 AND i_campaign IN (SELECT i_campaign FROM campaigns"
                + " WHERE calling_rules IS NOT NULL)";
        site.await(
                "calls to the capped telephones",
                () -> site.database()
                                .number("SELECT COUNT(*)" + capped
                                        + " AND (rule_not_before IS NULL OR call_uuid IS NOT NULL)")
                        == 0);
        site.database().execute("DELETE" + capped);
    }

    private static Map<String, Long> callsTo(Pattern telephones, Site site) {
        return site.ledger().calls().stream()
                .filter(LedgerCall::accepted)
                .filter(call -> of(telephones, call) != null)
                .collect(Collectors.groupingBy(call -> of(telephones, call), Collectors.counting()));
    }

    /** Returns the telephone that a call reached if it is one of these; null: it is none. */
    private static String of(Pattern telephones, LedgerCall call) {
        Matcher matcher = telephones.matcher(call.number());
        return matcher.matches() ? matcher.group(1) : null;
    }

    /**
     * Deletes up to two numbers during their calls, which this node follows to their ends. It must be alone: beside others
     * it may be given none of a campaign's few lines.
     */
    private static void deleteSomeOf(String node, Site site) throws SQLException {
        String theirs =
                " FROM campaign_phones WHERE call_switch IS NOT NULL AND call_uuid IS NOT NULL AND cld LIKE '495%'"
                        + " AND owner = (SELECT incarnation FROM nodes WHERE name = '" + node + "')";
        site.await("calls of " + node, () -> site.database().number("SELECT COUNT(*)" + theirs) >= 1);
        site.database().execute("DELETE" + theirs + " LIMIT 2");
    }

    /**
     * Returns the time from each call to the next but one, since a call out of turn would be between them. A call that
     * is only late is not one.
     */
    private static List<Duration> distances(Site site) {
        List<Instant> dialled = site.ledger().calls().stream()
                .filter(call -> call.number().startsWith("494"))
                .map(LedgerCall::at)
                .sorted()
                .toList();
        return IntStream.range(2, dialled.size())
                .mapToObj(i -> Duration.between(dialled.get(i - 2), dialled.get(i)))
                .toList();
    }
}
