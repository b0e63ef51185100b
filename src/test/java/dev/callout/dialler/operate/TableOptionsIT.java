package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.settings.TableOptions;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Table {@code options}: read at every scan, below the environment, above the file. */
@Tag("full")
class TableOptionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SMALL = "INSERT INTO options VALUES ('campaign', 'sipproxy', '%s')";

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "the table, , campaign, sipproxy, sip.example",
        "the environment, env.example:5070, campaign, sipproxy, env.example:5070",
        "capitals in the section are not used, , Campaign, sipproxy, file.example",
        "capitals in the option are not used, , campaign, SIPProxy, file.example"
    })
    void aCampaignWithoutGatewayDialsTheProxyThatGoesFirst(
            String rule, String environment, String section, String option, String host) throws Exception {
        Installation.Builder builder = Installation.builder()
                .property("callout.campaign.sipproxy", "file.example")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(10), Duration.ofMillis(20))));
        if (environment != null) {
            builder.with("CALLOUT_CAMPAIGN_SIPPROXY", environment);
        }
        try (Installation callout = builder.build()) {
            callout.execute("INSERT INTO options VALUES ('" + section + "', '" + option + "', 'sip.example')");
            callout.start();
            callout.numbers(callout.campaign("proxied", Map.of("profile_gateway", "")), "100", 2);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls()).extracting(LedgerCall::gateway).containsOnly(host);
            assertThat(callout.ledger().calls().get(0).line()).contains("}sofia/external/1000000@" + host + " ");
        }
    }

    @Test
    void aProxyIsFollowedWhenItChangesAndWithoutOneOrWithAWrongOneNothingIsDialled() throws Exception {
        try (Installation callout = Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(10), Duration.ofMillis(20))))
                .start()) {
            long proxied = callout.campaign("proxied", Map.of("profile_gateway", ""));
            callout.numbers(proxied, "100", 2);
            callout.numbers(callout.campaign("other", Map.of()), "200", 2);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 2);
            callout.execute(String.format(SMALL, "a b"));
            callout.numbers(proxied, "101", 2);
            callout.numbers(callout.campaign("further", Map.of()), "300", 2);
            await().atMost(PATIENCE)
                    .until(() -> callout.number("SELECT COUNT(*) FROM campaign_phones WHERE finished = 1") == 4);
            assertThat(callout.ledger().calls()).noneMatch(call -> call.number().startsWith("10"));

            callout.execute("UPDATE options SET value = 'one.example'");
            callout.awaitAllFinished(PATIENCE);
            callout.execute("UPDATE options SET value = 'two.example:5080'");
            TableOptions options =
                    callout.camelContext().getRegistry().lookupByNameAndType("tableOptions", TableOptions.class);
            await().atMost(PATIENCE).until(() -> "two.example:5080".equals(options.sipProxy()));
            callout.numbers(proxied, "102", 2);
            callout.awaitAllFinished(PATIENCE);
            assertThat(callout.ledger().calls("1020000").get(0).gateway()).isEqualTo("two.example:5080");
        }
    }

    @Test
    void theScanIntervalOfTheTableHoldsFromTheNextScanOn() throws Exception {
        try (Installation callout = Installation.builder()
                .with("CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "")
                .property("callout.campaign.scan-interval-sec", "0.3")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(10), Duration.ofMillis(20))))
                .build()) {
            callout.execute("INSERT INTO options VALUES ('campaign', 'scanintervalsec', '3600')");
            callout.start();
            await("the first scan").atMost(PATIENCE).until(Operator.campaigns(callout)::known);
            callout.numbers(callout.campaign("late", Map.of()), "200", 1);
            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> callout.ledger().calls("2000000").isEmpty());
        }
    }
}
