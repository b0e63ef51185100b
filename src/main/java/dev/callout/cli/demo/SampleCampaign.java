package dev.callout.cli.demo;

import dev.callout.store.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/** The campaign that the demo dials: {@code config/sample-campaign.sql}. */
public final class SampleCampaign {

    private static final String SCRIPT = "/demo/sample-campaign.sql";
    private static final List<String> STATUSES =
            List.of("idle", "trying", "answer", "success", "premature hangup", "failure");

    private final JdbcTemplate jdbc;

    private SampleCampaign(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Creates the tables and puts the campaign and its numbers into them. */
    public static SampleCampaign create(DataSource dataSource) throws SQLException, IOException {
        new Schema(dataSource).create();
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        try (InputStream script = SampleCampaign.class.getResourceAsStream(SCRIPT)) {
            jdbc.batchUpdate(new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\n"));
        }
        return new SampleCampaign(jdbc);
    }

    /** Returns its progress. */
    public ProgressSnapshot snapshot() {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        STATUSES.forEach(status -> outcomes.put(status, 0L));
        long done = 0;
        long up = 0;
        long made = 0;
        List<DialledNumber> numbers = numbers();
        for (DialledNumber number : numbers) {
            outcomes.merge(number.status(), 1L, Long::sum);
            done += number.finished() ? 1 : 0;
            up += number.status().equals("trying") || number.status().equals("answer") ? 1 : 0;
            made += number.callCount();
        }
        return new ProgressSnapshot(numbers.size(), done, up, made, outcomes);
    }

    /** Returns all its numbers as they are in the table. */
    public List<DialledNumber> numbers() {
        return jdbc.query(
                "SELECT cld, COALESCE(status, 'idle') AS status, finished, call_count, hangup_cause AS cause"
                        + " FROM campaign_phones ORDER BY i_campaign_phone",
                new DataClassRowMapper<>(DialledNumber.class));
    }
}
