package dev.callout.bench;

import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.numbers.DestinationList;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The tables that numbers are claimed from. */
enum ClaimLayout {
    /** mod_dialer's table, on which its query is the peer. */
    LIST("destination list") {
        @Override
        String up(int rows) {
            return "UPDATE list SET in_use = 1, callout_campaign = 1, callout_uuid = callout_row, callout_owner = '"
                    + OWNER + "' LIMIT " + rows;
        }

        @Override
        CalloutTable open(DataSource dataSource) {
            return new DestinationList(dataSource, "list", Duration.ofMinutes(1));
        }

        @Override
        void fill(ClaimTable table, DataSource dataSource) throws SQLException {
            execute(
                    dataSource,
                    "CREATE TABLE list (number VARCHAR(64) NOT NULL PRIMARY KEY, lastcall DATETIME,"
                            + " lastresult VARCHAR(255), calls INT, in_use TINYINT, duration INT, callerid VARCHAR(64))");
            execute(
                    dataSource,
                    "INSERT INTO list (number, calls, in_use, lastcall) SELECT 49000000 + seq,"
                            + " IF(seq % 100 < " + table.finished() + ", 3, IF(" + table.waiting()
                            + " AND seq % 2, 1, 0)), 0,"
                            + " IF(" + table.waiting() + " AND seq % 2, NOW(), NULL) FROM seq_1_to_" + table.rows());
            new ListSchema(dataSource, "list").prepare();
            execute(dataSource, "ANALYZE TABLE list");
        }

        @Override
        String end(boolean finished, String rows) {
            return "UPDATE list SET in_use = 0, callout_uuid = NULL, callout_owner = NULL, callout_campaign = NULL"
                    + (finished ? ", calls = 1, lastresult = 'success'" : "") + " WHERE callout_row IN (" + rows
                    + ")";
        }
    },
    PHONES("campaign_phones") {
        @Override
        String up(int rows) {
            return "UPDATE campaign_phones SET status = 'answer', call_uuid = i_campaign_phone, owner = '" + OWNER
                    + "' LIMIT " + rows;
        }

        @Override
        CalloutTable open(DataSource dataSource) {
            return new CampaignPhones(dataSource);
        }

        @Override
        void fill(ClaimTable table, DataSource dataSource) throws SQLException {
            execute(
                    dataSource,
                    "ALTER TABLE campaign_phones DROP INDEX callout_open, DROP INDEX callout_open_shuffle,"
                            + " DROP INDEX callout_owner");
            execute(
                    dataSource,
                    "INSERT INTO campaign_phones (i_campaign, cld, finished, next_call) SELECT 1, 49000000 + seq,"
                            + " seq % 100 < " + table.finished() + ", IF(" + table.waiting()
                            + " AND seq % 2, '2100-01-01', NULL)"
                            + " FROM seq_1_to_" + table.rows());
            execute(
                    dataSource,
                    "UPDATE campaign_phones SET rule_not_before = '2100-01-01', callout_rule_inputs = callout_inputs"
                            + " WHERE i_campaign_phone % 100 < " + table.closed());
            new Schema(dataSource).create();
            execute(dataSource, "ANALYZE TABLE campaign_phones");
        }

        @Override
        String end(boolean finished, String rows) {
            return "UPDATE campaign_phones SET call_uuid = NULL, owner = NULL, expires = NULL, "
                    + (finished ? "finished = 1, status = 'success'" : "status = 'idle'")
                    + " WHERE i_campaign_phone IN (" + rows + ")";
        }
    },
    TELEPHONES("telephones by rules with zones and caps") {
        @Override
        String up(int rows) {
            return PHONES.up(rows);
        }

        @Override
        CalloutTable open(DataSource dataSource) {
            return PHONES.open(dataSource);
        }

        @Override
        void fill(ClaimTable table, DataSource dataSource) throws SQLException {
            for (String statement : RuledTelephones.statements(table.rows(), table.closed())) {
                execute(dataSource, statement);
            }
            new Schema(dataSource).create();
            execute(dataSource, "ANALYZE TABLE campaign_phones, telephones, call_attempts, do_not_call");
        }

        @Override
        String end(boolean finished, String rows) {
            return PHONES.end(finished, rows);
        }

        @Override
        List<String> ends(boolean finished, String rows) {
            return List.of(RuledTelephones.asBefore(rows), end(finished, rows));
        }

        @Override
        ClaimOrder order(int most, boolean random, ClaimCursor cursor) {
            return RuledTelephones.order(super.order(most, random, cursor));
        }
    };

    /** The node in whose name numbers are claimed. */
    static final String OWNER = "bench";

    private final String title;

    ClaimLayout(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * The server's counters of what it reads. With looks that find nothing, and temporary tables; in the claims of
     * telephones, which look for each at do-not-call lists, only rows.
     */
    final String counters() {
        return this == TELEPHONES ? "Rows_read" : "Handler_read%";
    }

    /** Returns a statement that makes the first rows look like calls that are up. */
    abstract String up(int rows);

    abstract CalloutTable open(DataSource dataSource);

    /**
     * Creates and fills the table before its indexes, as for a table that exists already. So ten million rows take
     * minutes, not hours.
     */
    abstract void fill(ClaimTable table, DataSource dataSource) throws SQLException;

    /** Returns a statement that ends what is in progress in these rows: finished, or as it was before the claim. */
    abstract String end(boolean finished, String rows);

    /** The same, and what else was written. */
    List<String> ends(boolean finished, String rows) {
        return List.of(end(finished, rows));
    }

    ClaimOrder order(int most, boolean random, ClaimCursor cursor) {
        return new ClaimOrder(
                1, OWNER, Instant.now(), most, Duration.ofSeconds(2), random, Duration.ofMinutes(5), cursor);
    }

    final void end(boolean finished, Claim claim, DataSource dataSource) throws SQLException {
        if (!claim.numbers().isEmpty()) {
            String rows = claim.numbers().stream()
                    .map(number -> Long.toString(number.row()))
                    .collect(Collectors.joining(", "));
            for (String statement : ends(finished, rows)) {
                execute(dataSource, statement);
            }
            execute(
                    dataSource,
                    "UPDATE campaign_lines SET ended = ended + "
                            + claim.numbers().size() + " WHERE owner = '" + OWNER + "'");
        }
    }

    static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
