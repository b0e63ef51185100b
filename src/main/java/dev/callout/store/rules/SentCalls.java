package dev.callout.store.rules;

import dev.callout.campaign.rules.PastCall;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Finds out which calls were sent: an attempt is recorded in the transaction that ends its call. */
public final class SentCalls {

    /** The statement, for calls by their uuids. */
    public static final String STATEMENT = SqlText.of("telephones/attempts");

    private SentCalls() {}

    /**
     * Returns those of some calls that were sent and have ended, by uuid.
     *
     * @param callUuids not empty
     */
    public static Map<String, PastCall> of(NamedParameterJdbcTemplate jdbc, Collection<String> callUuids) {
        Map<String, PastCall> sent = new HashMap<>();
        jdbc.query(STATEMENT, Map.of("calls", callUuids), row -> {
            sent.put(
                    row.getString("call_uuid"),
                    new PastCall(EpochSeconds.instant(row, "sent"), EpochSeconds.instant(row, "talked_until")));
        });
        return sent;
    }
}
