package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PutOffsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private final PutOffs putOffs = new PutOffs();

    @Test
    void theNewestReasonIsToldWithHowOftenSinceWhenAndUntilWhenAsLongAsANumberWaits() {
        putOffs.putOff(1, "the CRM is shut", NOW.plusSeconds(600), NOW);
        assertThat(putOffs.waiting(1, NOW))
                .isEqualTo("the CRM is shut; put off 1 time since 2026-11-29T10:00:00Z, the last until"
                        + " 2026-11-29T10:10:00Z");
        putOffs.putOff(1, "the day is full", NOW.plusSeconds(60), NOW.plusSeconds(1));
        assertThat(putOffs.waiting(1, NOW.plusSeconds(599)))
                .isEqualTo("the day is full; put off 2 times since 2026-11-29T10:00:00Z,"
                        + " the last until 2026-11-29T10:10:00Z");
        assertThat(putOffs.waiting(1, NOW.plusSeconds(600))).isNull();
        putOffs.putOff(1, "the day is full", NOW.plusSeconds(900), NOW.plusSeconds(600));
        assertThat(putOffs.waiting(1, NOW.plusSeconds(601)))
                .startsWith("the day is full; put off 1 time since 2026-11-29T10:10:00Z");
        assertThat(putOffs.failing(1, NOW)).isNull();
    }

    @Test
    void aStepThatFailsIsToldUntilANumberComesThroughAndThatIsNoEndOfAPutOff() {
        putOffs.fails(1, "step look fails");
        assertThat(putOffs.failing(1, NOW)).isEqualTo("step look fails");
        putOffs.waits(1, NOW.plusSeconds(5), NOW);
        assertThat(putOffs.failing(1, NOW)).endsWith("the last until 2026-11-29T10:00:05Z");
        assertThat(putOffs.failing(1, NOW.plusSeconds(5))).isEqualTo("step look fails");
        assertThat(putOffs.waiting(1, NOW)).isNull();
        putOffs.works(1);
        assertThat(putOffs.failing(1, NOW)).isNull();

        putOffs.putOff(1, "the CRM is shut", NOW.plusSeconds(600), NOW);
        putOffs.works(1);
        assertThat(putOffs.waiting(1, NOW)).startsWith("the CRM is shut");
    }

    @Test
    void aCampaignThatIsGoneIsForgotten() {
        putOffs.putOff(1, "the CRM is shut", NOW.plusSeconds(600), NOW);
        putOffs.putOff(2, "the CRM is shut", NOW.plusSeconds(600), NOW);
        putOffs.keepOnly(Set.of(2L));
        assertThat(putOffs.waiting(1, NOW)).isNull();
        assertThat(putOffs.waiting(2, NOW)).isNotNull();
    }
}
