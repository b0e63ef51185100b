package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.testbed.LogCapture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleNewsTest {

    private static final Idle NOT_DUE = new Idle(Idle.Reason.NOT_DUE, "no number is due");
    private static final Idle PAUSED = new Idle(Idle.Reason.PAUSED, "paused");

    private final Campaign campaign =
            CampaignBuilder.campaign().id(1).name("sale").build();
    private Instant now = Instant.EPOCH;
    private final IdleNews news = new IdleNews(() -> now);

    @Test
    void backOffsComeAndGoWithoutALine() {
        try (LogCapture log = new LogCapture()) {
            for (int second = 0; second < 200; second++) {
                now = now.plusSeconds(1);
                news.look(campaign, second % 2 == 0 ? NOT_DUE : null);
            }
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void whatLastsOrIsAPersonsIsSaidOnceAndSoIsItsEnd() {
        try (LogCapture log = new LogCapture()) {
            for (int second = 0; second < 100; second++) {
                news.look(campaign, NOT_DUE);
                now = now.plusSeconds(1);
            }
            news.look(campaign, null);
            news.look(campaign, PAUSED);
            news.look(campaign, PAUSED);
            news.look(campaign, NOT_DUE);
            news.look(campaign, null);
            news.look(campaign, PAUSED);
            news.keep(List.of());
            news.look(campaign, null);
            assertThat(log.messages())
                    .containsExactly(
                            "Campaign sale is idle: no number is due",
                            "Campaign sale is dialled",
                            "Campaign sale is idle: paused",
                            "Campaign sale is dialled",
                            "Campaign sale is idle: paused");
        }
    }
}
