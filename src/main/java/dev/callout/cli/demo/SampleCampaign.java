package dev.callout.cli.demo;

import dev.callout.store.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The campaign that the demo dials: {@code config/sample-campaign.sql}. */
public final class SampleCampaign {

    private static final String SCRIPT = "/demo/sample-campaign.sql";
    private static final List<String> STATUSES =
            List.of("idle", "trying", "answer", "success", "premature hangup", "failure");

    private final DataSource dataSource;

    private SampleCampaign(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Creates the tables and puts the campaign and its numbers into them. */
    public static SampleCampaign create(DataSource dataSource) throws SQLException, IOException {
        new Schema(dataSource).create();
        try (InputStream script = SampleCampaign.class.getResourceAsStream(SCRIPT);
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\n")) {
                statement.execute(sql);
            }
        }
        return new SampleCampaign(dataSource);
    }

    /** Returns its progress. */
    public ProgressSnapshot snapshot() throws SQLException {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        STATUSES.forEach(status -> outcomes.put(status, 0L));
        long done = 0;
        long up = 0;
        long made = 0;
        for (DialledNumber number : numbers()) {
            outcomes.merge(number.status(), 1L, Long::sum);
            done += number.finished() ? 1 : 0;
            up += number.status().equals("trying") || number.status().equals("answer") ? 1 : 0;
            made += number.callCount();
        }
        return new ProgressSnapshot(
                outcomes.values().stream().mapToLong(Long::longValue).sum(), done, up, made, outcomes);
    }

    /** Returns all its numbers as they are in the table. */
    public List<DialledNumber> numbers() throws SQLException {
        List<DialledNumber> numbers = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT cld, COALESCE(status, 'idle') AS status, finished, call_count,"
                                + " hangup_cause FROM campaign_phones ORDER BY i_campaign_phone")) {
            while (rows.next()) {
                numbers.add(new DialledNumber(
                        rows.getString("cld"),
                        rows.getString("status"),
                        rows.getBoolean("finished"),
                        rows.getInt("call_count"),
                        rows.getString("hangup_cause")));
            }
        }
        return numbers;
    }
}
