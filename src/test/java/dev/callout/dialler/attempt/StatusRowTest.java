package dev.callout.dialler.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.campaign.outcome.Verdict;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.numbers.CampaignPhones;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class StatusRowTest {

    @Test
    void theStatementsThatWriteItReadItAsOneFlatElement() throws Exception {
        Instant end = Instant.ofEpochSecond(100);
        Attempt attempt = Attempt.claimed(
                CampaignBuilder.campaign().id(7).gateway("trunk").build(),
                new ClaimedNumber(7, 5, "030", null, null, 2, "uuid", end, end, null, null, null),
                new CampaignPhones(new DriverManagerDataSource()),
                "me",
                end);
        attempt.placed(new Place("fs1", null, null));
        attempt.evidence(Evidence.takenOver(9007199254740991L));
        attempt.rendered(new Rendered("", "030", "493023125000", false));
        attempt.marked(Instant.ofEpochSecond(90), end);
        CallResult result = new CallResult(
                new CallResult.Cause("MANAGER_REQUEST", 16, 487, null),
                new CallResult.Times(null, null, null, end, null, null),
                CallResult.Heard.NOTHING);
        Verdict verdict = new Verdict(NumberStatus.FAILURE, false, end.plusSeconds(600));
        StatusRow charged = StatusRow.ended(
                attempt, attempt.campaign(), verdict, result, new StatusRow.Bill(60, new BigDecimal("0.013000"), null));
        String key = "{\"id\":5,\"campaign\":7,\"number\":\"030\",\"call\":\"uuid\",\"owner\":\"me\",\"list\":null,"
                + "\"attempt\":2,\"leg\":1,\"status\":\"failure\",\"setup\":90.000,\"connect\":null,\"disconnect\":100.000,"
                + "\"ended\":true,\"cause\":\"MANAGER_REQUEST\",\"q850\":16,\"sip\":487,\"switch\":\"fs1\","
                + "\"gateway\":\"trunk\",\"base\":9007199254740991,\"zone\":null,\"caller_id\":\"493023125000\",\"billed_sec\":60,\"cost\":0.013000,";
        String next = "\"count\":2,\"finished\":0,\"never\":false,\"next_call\":700.000,\"retry_sec\":600.000}";
        assertThat(new ObjectMapper().writeValueAsString(charged)).isEqualTo(key + next);
        assertThat(new ObjectMapper().writeValueAsString(StatusRow.uncharged(charged, end.plusSeconds(60), 3)))
                .isEqualTo(key
                        + "\"count\":1,\"finished\":0,\"never\":false,\"next_call\":160.000,\"retry_sec\":60.000,"
                        + "\"if_spent\":{\"most\":3," + next + "}");
    }
}
