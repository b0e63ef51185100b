package dev.callout.store.numbers;

import dev.callout.store.claim.TelephoneStatements.CallOfRow;
import dev.callout.store.schema.ListName;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** In which calls numbers are, whichever table they are in. */
public final class CallsOfRows {
    private static final Logger LOG = LoggerFactory.getLogger(CallsOfRows.class);
    private static final String FILE = "calls-of-rows";
    private static final String OF_PHONES = SqlText.of("campaign_phones/" + FILE);

    private CallsOfRows() {}

    /** As {@link dev.callout.store.claim.TelephoneStatements.CallsOfRows#of}. */
    public static Optional<Map<Long, CallOfRow>> find(
            NamedParameterJdbcTemplate jdbc, String list, Collection<Long> rows) {
        Map<Long, CallOfRow> calls = new HashMap<>();
        try {
            String statement = list.isEmpty() ? OF_PHONES : new ListName(list).statement(FILE);
            jdbc.query(statement, Map.of("rows", rows), row -> {
                calls.put(
                        row.getLong("i_campaign_phone"),
                        new CallOfRow(row.getString("e164"), row.getString("call_uuid")));
            });
            return Optional.of(calls);
        } catch (DataAccessException e) {
            SQLException fault = DatabaseFault.thrownBy(e);
            if (DestinationList.isGone(fault)) {
                LOG.debug("List {} is gone, with the numbers that have called telephones", list, e);
                return Optional.of(Map.of());
            }
            if (DatabaseFault.of(fault) == DatabaseFault.LOCKED) {
                LOG.debug("List {} is locked, so its calls are not known", list, e);
                return Optional.empty();
            }
            throw e;
        }
    }
}
