package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.campaign.NotNowException;
import dev.callout.dialler.doors.UsersDoor;
import dev.callout.testbed.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the database does not let a campaign do is why it is idle, from the start on and later. */
class WhyIdleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void tablesThatCannotBeUsedAreTheReasonFromTheStartOn() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            long campaign = callout.campaign("idle", Map.of("cli", "4930"));
            callout.execute("ALTER TABLE call_attempts ENGINE=MyISAM");
            callout.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                            .startsWith("this node holds no lease, because it cannot use the database: ")
                            .contains("run ALTER TABLE call_attempts ENGINE=InnoDB"));
            assertThat(callout.control().standings().notLookedAt())
                    .startsWith("this node cannot read the campaigns: ")
                    .contains("run ALTER TABLE call_attempts ENGINE=InnoDB");

            callout.execute("ALTER TABLE call_attempts ENGINE=InnoDB");
            awaitNothingDue(callout, campaign);
            callout.execute("RENAME TABLE ivr_prompts TO gone");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                            .startsWith("the campaigns cannot be read: ")
                            .contains("ivr_prompts"));
            callout.execute("RENAME TABLE gone TO ivr_prompts");
            awaitNothingDue(callout, campaign);
        }
    }

    private static void awaitNothingDue(Installation callout, long campaign) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(callout.control().whyIdle(campaign)).isEqualTo("no number is due"));
    }

    @Test
    void aTableThatTakesNoClaimIsTheReason() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            callout.execute(
                    "ALTER TABLE campaign_phones MODIFY status ENUM('idle', 'success', 'failure') NOT NULL DEFAULT 'idle'");
            long campaign = callout.campaign("idle", Map.of("cli", "4930"));
            callout.numbers(campaign, "100", 3);
            callout.start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(campaign))
                            .startsWith("the database refuses the claim of its numbers: ")
                            .contains("status"));
            assertThat(callout.ledger().calls()).isEmpty();
        }
    }

    @Test
    void numbersThatADoorPutsOffAreTheReasonWithHowManyAndUntilWhen() throws Exception {
        try (Installation callout = UsersDoor.running(folder, "may-be-dialled", exchange -> {
                    if (UsersDoor.number(exchange).endsWith("2")) {
                        throw new NotNowException(
                                "the CRM does not want " + UsersDoor.number(exchange), Duration.ofSeconds(900));
                    }
                    exchange.getMessage().setHeader("CalloutPutOff", "600");
                })
                .start()) {
            long headers = callout.campaign("headers", Map.of("cli", "4930"));
            callout.numbers(headers, "100", 2);
            long thrown = callout.campaign("thrown", Map.of("cli", "4930"));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + thrown + ", '4930232')");
            String instant = "20[0-9-]{8}T[0-9:]{8}Z";
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(headers))
                            .matches("no number is due until " + instant
                                    + ": route may-be-dialled puts numbers off; put off 2 times since " + instant
                                    + ", the last until " + instant));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.control().whyIdle(thrown))
                    .matches("no number is due until " + instant + ": the CRM does not want …; put off 1 time since "
                            + instant + ", the last until " + instant));
            assertThat(callout.control().status(headers).standing().idle().reason())
                    .isEqualTo(Idle.Reason.NOT_DUE);
            assertThat(callout.ledger().calls()).isEmpty();
        }
    }
}
