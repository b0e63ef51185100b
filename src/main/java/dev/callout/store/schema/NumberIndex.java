package dev.callout.store.schema;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlText;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The index on the numbers of {@code call_attempts}. Older tables have it without the columns by which reports tell which
 * numbers were reached. It keeps its name, since nodes of an older version ask for it. Reports work without these columns,
 * but slower. So if a table does not allow them, this is logged, and the index is left as it is.
 */
final class NumberIndex {
    private static final Logger LOG = LoggerFactory.getLogger(NumberIndex.class);
    private static final String COLUMNS = SqlText.of("number-index");
    private static final String OLD = "i_campaign,i_campaign_phone,attempt";
    private static final String WIDEN = "ALTER TABLE call_attempts DROP INDEX callout_number, ADD INDEX callout_number"
            + " (" + OLD + ",disconnect_time,status,kind,i_import), ALGORITHM=INPLACE, LOCK=NONE";

    private NumberIndex() {}

    /** Adds the columns if the index is as older versions made it. */
    static void widen(NamedParameterJdbcTemplate jdbc) {
        if (!jdbc.queryForList(COLUMNS, Map.of(), String.class).contains(OLD)) {
            return;
        }
        try {
            LOG.info("Widening an index of table call_attempts; results are written meanwhile");
            Schema.alter(jdbc, WIDEN);
        } catch (DataAccessException e) {
            LOG.warn(
                    "An index of table call_attempts stays as it is, so reports take longer; run {}: {}",
                    WIDEN,
                    DatabaseFault.thrownBy(e).getMessage());
        }
    }
}
