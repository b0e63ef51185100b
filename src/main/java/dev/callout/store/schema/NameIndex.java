package dev.callout.store.schema;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlText;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The index on {@code campaigns.name}. Without it, a session that locks one campaign by its name locks all campaigns.
 * Callout's own statements do not need it. So if an old table does not allow it, this is logged, and the table is left
 * as it is.
 */
final class NameIndex {
    private static final Logger LOG = LoggerFactory.getLogger(NameIndex.class);
    private static final String NAMES = SqlText.of("campaign-names");
    /** Enough to tell names apart, and short enough for every row format. */
    private static final long MOST_INDEXED = 32;

    private NameIndex() {}

    /** Creates the index if there is none. */
    static void make(NamedParameterJdbcTemplate jdbc) {
        for (long length : jdbc.query(
                NAMES,
                Map.of(),
                (row, n) -> row.getBoolean("indexed") ? 0 : Math.min(row.getLong("length"), MOST_INDEXED))) {
            if (length > 0) {
                make(jdbc, "ALTER TABLE campaigns ADD INDEX IF NOT EXISTS callout_name (name(" + length + "))");
            }
        }
    }

    private static void make(NamedParameterJdbcTemplate jdbc, String text) {
        try {
            LOG.info("Adding an index of names to table campaigns");
            Schema.alter(jdbc, text);
        } catch (DataAccessException e) {
            LOG.warn(
                    "Table campaigns gets no index of names, so a session that locks one campaign by its name holds up all of"
                            + " them; run {}: {}",
                    text,
                    DatabaseFault.thrownBy(e).getMessage());
        }
    }
}
