package dev.callout.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.store.audit.Audit;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Writes campaigns from a file into table {@code campaigns}. Column {@code imported} of each row stores the file's last
 * values. So the next import changes only what was changed in the file, and values edited in the table stay.
 */
public final class CampaignImport {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FIND = SqlText.of("import/find-campaign");
    private static final String INSERT = SqlText.of("import/insert-campaign");
    private static final String WRITE = SqlText.of("import/write-campaign");

    private final Transactions transactions;

    /** @param dataSource the database; its tables exist */
    public CampaignImport(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * What an import did to a campaign's row.
     *
     * @param row     {@code i_campaign}
     * @param first   whether this was the first import into the row, which pauses the campaign
     * @param changed the columns that were set
     * @param kept    the columns that were edited in the table since the last import and did not change in the file
     * @param others  further rows of the same name, which were not changed
     */
    public record Result(long row, boolean first, List<String> changed, List<String> kept, List<Long> others) {}

    private record Row(long id, String imported, Map<String, String> columns) {}

    /**
     * Writes one campaign, in a transaction.
     *
     * @param name    its name
     * @param columns the file's values, by column; null for NULL
     * @param problem why the campaign must not be dialled; null if nothing is wrong
     */
    public Result write(String name, Map<String, String> columns, String problem) throws SQLException {
        return transactions.run(jdbc -> write(jdbc, name, columns, problem));
    }

    private static Result write(
            NamedParameterJdbcTemplate jdbc, String name, Map<String, String> columns, String problem) {
        List<Row> rows = find(jdbc, name);
        if (rows.isEmpty()) {
            jdbc.update(INSERT, Map.of("name", name));
            rows = find(jdbc, name);
        }
        Row row = rows.get(0);
        if (row.imported() != null) {
            Audit.settle(jdbc, row.id());
        }
        Map<String, String> last = read(row.imported());
        Map<String, String> next = new HashMap<>(row.columns());
        Map<String, String> remembered = new TreeMap<>(last);
        List<String> changed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        columns.forEach((column, text) -> {
            if (!last.containsKey(column) || !Objects.equals(last.get(column), text)) {
                next.put(column, text);
                changed.add(column);
            } else if (!same(row.columns().get(column), text)) {
                kept.add(column);
            }
            remembered.put(column, text);
        });
        Map<String, Object> parameters = new HashMap<>(next);
        parameters.put("imported", json(remembered));
        parameters.put("problem", problem);
        parameters.put("first", row.imported() == null);
        parameters.put("campaign", row.id());
        jdbc.update(WRITE, parameters);
        Audit.campaignChanged(jdbc, row.id(), "campaign.import", false);
        return new Result(
                row.id(),
                row.imported() == null,
                changed,
                kept,
                rows.stream().skip(1).map(Row::id).toList());
    }

    private static List<Row> find(NamedParameterJdbcTemplate jdbc, String name) {
        return jdbc.query(
                FIND,
                Map.of("name", name),
                (row, n) -> new Row(row.getLong("i_campaign"), row.getString("imported"), columnsOf(row)));
    }

    private static Map<String, String> columnsOf(ResultSet row) throws SQLException {
        Map<String, String> columns = new HashMap<>();
        for (int i = 3; i <= row.getMetaData().getColumnCount(); i++) {
            columns.put(row.getMetaData().getColumnLabel(i), row.getString(i));
        }
        return columns;
    }

    /** Compares values. Trailing zeros after a decimal point do not matter. */
    private static boolean same(String inTable, String inFile) {
        return Objects.equals(inTable, inFile)
                || inTable != null && inFile != null && plain(inTable).equals(plain(inFile));
    }

    private static String plain(String text) {
        return text.matches("-?\\d+\\.\\d+") ? text.replaceAll("\\.?0+$", "") : text;
    }

    private static Map<String, String> read(String json) {
        if (json == null) {
            return Map.of();
        }
        try {
            return MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            // Edited by hand. It counts as if nothing had been imported yet, but the campaign is not paused.
            return Map.of();
        }
    }

    private static String json(Map<String, String> columns) {
        try {
            return MAPPER.writeValueAsString(columns);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an import as JSON", e);
        }
    }
}
