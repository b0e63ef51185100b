package dev.callout.store.numbers;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.schema.ListName;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Reads which telephones the numbers of a table mean, part by part, and writes that beside them. No claim waits for it:
 * it takes few numbers at once, and only those that nobody else has locked. What it leaves out, claims read.
 */
public final class UnreadTelephones {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadTelephones.class);

    private static final int PART = 1000;
    /** So few that they are locked for some milliseconds. */
    private static final int AT_ONCE = 100;

    private final Transactions transactions;
    private final String table;
    private final String part;
    private final String last;
    private final String unread;
    private final String lock;
    private final String write;

    /**
     * @param dataSource the database
     * @param list       the destination list; null: {@code campaign_phones}
     * @throws IllegalArgumentException if a list cannot have this name
     */
    public UnreadTelephones(DataSource dataSource, String list) {
        Function<String, String> statements =
                list == null ? file -> SqlText.of("campaign_phones/" + file) : new ListName(list)::statement;
        this.transactions = new Transactions(dataSource);
        this.table = list == null ? "campaign_phones" : list;
        this.part = statements.apply("part");
        this.last = statements.apply("last-row");
        this.unread = statements.apply("unread");
        this.lock = statements.apply("lock-unread");
        this.write = statements.apply("write-telephones");
    }

    /** The table's name. */
    public String table() {
        return table;
    }

    /** The last row of the table; 0 if it has none, or if the list is not there. */
    public long lastRow() throws SQLException {
        return unlessGone(() -> transactions.run(jdbc -> jdbc.queryForObject(last, Map.of(), Long.class)), 0L);
    }

    /**
     * Some rows that have been looked at.
     *
     * @param last the last of them
     * @param read how many of their numbers had not been read, and are now
     */
    public record Part(long last, int read) {}

    /**
     * Reads those numbers of a thousand rows that have not been read.
     *
     * @param after     the row behind which they begin
     * @param campaigns the campaigns with a country whose numbers are in the table, by country
     * @return empty if there are no rows, or if the list is not there
     */
    public Optional<Part> readPart(long after, Map<Country, ? extends Collection<Long>> campaigns) throws SQLException {
        return Optional.ofNullable(unlessGone(() -> part(after, campaigns), null));
    }

    private Part part(long after, Map<Country, ? extends Collection<Long>> campaigns) throws SQLException {
        Long to =
                transactions.run(jdbc -> jdbc.queryForObject(part, Map.of("after", after, "limit", PART), Long.class));
        if (to == null) {
            return null;
        }
        int read = 0;
        for (Map.Entry<Country, ? extends Collection<Long>> each : campaigns.entrySet()) {
            read += readPart(after, to, each.getKey(), each.getValue());
        }
        return new Part(to, read);
    }

    @FunctionalInterface
    private interface Access<T> {
        T run() throws SQLException;
    }

    /** @return the second value, too, if the first is NULL */
    private <T> T unlessGone(Access<T> access, T otherwise) throws SQLException {
        try {
            T value = access.run();
            return value == null ? otherwise : value;
        } catch (SQLException e) {
            if (!DestinationList.isGone(e)) {
                throw e;
            }
            LOG.debug("List {} has been dropped, or lacks what campaigns with a country need", table, e);
            return otherwise;
        }
    }

    private int readPart(long after, long to, Country country, Collection<Long> campaigns) throws SQLException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", after);
        parameters.put("to", to);
        parameters.put("campaigns", campaigns);
        parameters.put("version", TelephoneReader.version(country));
        List<Long> rows = transactions.run(jdbc -> jdbc.queryForList(unread, parameters, Long.class));
        int read = 0;
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            read += readRows(rows.subList(from, Math.min(rows.size(), from + AT_ONCE)), country);
        }
        return read;
    }

    private int readRows(List<Long> rows, Country country) throws SQLException {
        try {
            return transactions.once(jdbc -> readRows(jdbc, rows, country));
        } catch (SQLException e) {
            switch (DatabaseFault.of(e)) {
                case LOCKED, CONFLICT -> LOG.debug("Numbers of table {} are locked, and are read later", table, e);
                case REFUSED -> {
                    if (DestinationList.isGone(e)) {
                        throw e;
                    }
                    LOG.debug("Table {} refuses the telephones of some numbers; claims read them", table, e);
                }
                default -> throw e;
            }
            return 0;
        }
    }

    private int readRows(NamedParameterJdbcTemplate jdbc, List<Long> rows, Country country) {
        List<Map<String, Object>> read = jdbc.query(lock, Map.of("rows", rows), (row, n) -> {
            Map<String, Object> members = new HashMap<>();
            members.put("id", row.getLong("id"));
            members.put("e164", e164(row.getString("number"), country));
            return members;
        });
        return read.isEmpty()
                ? 0
                : jdbc.update(
                        write,
                        Map.of(
                                "version",
                                TelephoneReader.version(country),
                                "batch",
                                JsonBatch.of(read, members -> members)));
    }

    private static String e164(String number, Country country) {
        try {
            return TelephoneReader.read(number, country).e164();
        } catch (UndialableException e) {
            // A claim closes the number, with the reason.
            return null;
        }
    }
}
