package dev.callout.dialler;

import java.time.Duration;
import java.util.Map;

import dev.callout.Installation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the database does not let a campaign do is why it is idle, from the start on and later. */
class WhyIdleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void tablesThatCannotBeUsedAreTheReasonFromTheStartOn() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            long campaign = callout.campaign("idle", Map.of("cli", "4930"));
            callout.execute("ALTER TABLE call_attempts ENGINE=MyISAM");
            callout.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                    .startsWith("this node holds no lease, as it cannot use the database: ")
                    .contains("run ALTER TABLE call_attempts ENGINE=InnoDB"));
            assertThat(callout.control().notLookedAt()).startsWith("this node cannot look at the campaigns: ")
                    .contains("run ALTER TABLE call_attempts ENGINE=InnoDB");

            callout.execute("ALTER TABLE call_attempts ENGINE=InnoDB");
            awaitNothingDue(callout, campaign);
            callout.execute("RENAME TABLE ivr_prompts TO gone");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                    .startsWith("the campaigns cannot be read: ").contains("ivr_prompts"));
            callout.execute("RENAME TABLE gone TO ivr_prompts");
            awaitNothingDue(callout, campaign);
        }
    }

    private static void awaitNothingDue(Installation callout, long campaign) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                .isEqualTo("no number is due"));
    }

    @Test
    void aTableThatTakesNoClaimIsTheReason() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            callout.execute("ALTER TABLE campaign_phones MODIFY status ENUM('idle', 'success', 'failure') NOT NULL DEFAULT 'idle'");
            long campaign = callout.campaign("idle", Map.of("cli", "4930"));
            callout.numbers(campaign, "100", 3);
            callout.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                    .startsWith("the database refuses the claim of its numbers: ").contains("status"));
            assertThat(callout.ledger().calls()).isEmpty();
        }
    }
}
