package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutboxInspectionIT extends InspectedInstallation {

    @Test
    void outcomesThatNobodySendsOrTakesAreTold() throws Exception {
        execute("DELETE FROM outcome_outbox");
        assertThat(wrong()).noneMatch(line -> line.contains("outbox"));

        execute("INSERT INTO outcome_outbox (created, call_uuid, i_campaign, list, i_campaign_phone, number, outcome)"
                + " SELECT UTC_TIMESTAMP(3) - INTERVAL 10 MINUTE, seq, 1, '', 1, '1', '{}' FROM seq_1_to_2");
        assertThat(wrong()).anySatisfy(line -> assertThat(line)
                .matches("WARN  outbox: 2 outcomes wait, the first of them for 6\\d\\d s, and this node sends none:"
                        + " callout.outbox.to is not set -> set it .*"));

        environment.put("CALLOUT_OUTBOX_TO", "kafka:outcomes?brokers=secret:9092");
        assertThat(wrong())
                .anySatisfy(line -> assertThat(line)
                        .matches("WARN  outbox: 2 outcomes wait, the first of them for 6\\d\\d s -> the logs .*"))
                .noneMatch(line -> line.contains("secret"));

        execute("UPDATE outcome_outbox SET created = UTC_TIMESTAMP(3)");
        assertThat(wrong()).noneMatch(line -> line.contains("outbox"));

        execute("DROP TABLE outcome_outbox");
        assertThat(findings()).anySatisfy(finding -> assertThat(finding.toString())
                .isEqualTo("OK    tables: the next start creates or extends outcome_outbox"));
    }
}
