package dev.callout.dialler.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.attempt.GiveBack;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.doors.CallDoors;
import dev.callout.dialler.doors.FailedSteps;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the results of calls, and numbers that go back, without the routes, each row on its own. */
public final class PastRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(PastRoutes.class);

    private final CalloutTables tables;
    private final GiveBacks giveBacks;
    private final CallDoors callDoors;
    private final Attempts attempts;
    private final FailedSteps failedSteps;
    private final ObjectMapper mapper = new ObjectMapper();

    /** @param callDoors gets the ends that have been written, as it does from the routes */
    public PastRoutes(
            CalloutTables tables,
            GiveBacks giveBacks,
            CallDoors callDoors,
            Attempts attempts,
            FailedSteps failedSteps) {
        this.tables = tables;
        this.giveBacks = giveBacks;
        this.callDoors = callDoors;
        this.attempts = attempts;
        this.failedSteps = failedSteps;
    }

    /** Writes the rows that a step has failed on. Those that cannot be written are tried again by {@link Overdue}. */
    public void write(Exchange exchange) {
        for (StatusRow row : RefusedStatuses.rows(exchange)) {
            Attempt attempt = attempts.byUuid(row.key().call());
            if (attempt != null) {
                failedSteps.beside(attempt, exchange);
            }
            try {
                write(row);
            } catch (SQLException e) {
                LOG.debug(
                        "The status of call {} cannot be written yet", row.key().call(), e);
            }
        }
    }

    /** @param result a {@link StatusRow} or a {@link GiveBack} */
    void write(Object result) throws SQLException {
        if (result instanceof GiveBack back) {
            giveBacks.write(new ArrayList<>(List.of(back)));
        } else {
            write((StatusRow) result);
        }
    }

    private void write(StatusRow row) throws SQLException {
        try {
            tables.write(mapper.writeValueAsString(List.of(row)), row.key().list());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A status cannot be written as JSON", e);
        }
        callDoors.ended(List.of(row));
        attempts.committed(List.of(row));
    }
}
