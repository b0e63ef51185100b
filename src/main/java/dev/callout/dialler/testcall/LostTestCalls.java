package dev.callout.dialler.testcall;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.store.DatabaseClock;
import dev.callout.store.testcall.TestCallRows;
import java.sql.SQLException;
import java.util.List;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the test calls that nobody follows: those of lost nodes, and those that a step has dropped. The switch is told to
 * hang up, since nobody would record how they end. Any node may do it, also several at once.
 */
public final class LostTestCalls {

    private static final Logger LOG = LoggerFactory.getLogger(LostTestCalls.class);

    private final TestCallRows rows;
    private final TestCallSteps steps;
    private final DatabaseClock clock;

    /** @param steps the calls of this node */
    public LostTestCalls(TestCallRows rows, TestCallSteps steps, DatabaseClock clock) {
        this.rows = rows;
        this.steps = steps;
        this.clock = clock;
    }

    /** Finds them. */
    public List<TestCallRows.Lost> find() throws SQLException {
        steps.giveUp();
        return rows.lost(clock.now());
    }

    /** The switch has hung up, or knows of no such call: the row says that its end is not known. */
    public void closed(@ExchangeProperty("CalloutLostTestCall") TestCallRows.Lost lost) throws SQLException {
        LOG.info("Test call {} is closed: nobody followed it", lost.call());
        rows.end(
                lost.sent()
                        ? new TestCallRows.End(
                                lost.call(),
                                true,
                                null,
                                null,
                                clock.now(),
                                null,
                                (lost.answered() ? NumberStatus.PREMATURE_HANGUP : NumberStatus.FAILURE).text(),
                                CauseClass.LOST_RESULT,
                                null,
                                null,
                                "The node that made the call was lost, or its steps failed, so the call was hung up")
                        : TestCallSteps.refused(
                                lost.call(),
                                clock.now(),
                                null,
                                "It was not sent: its node was lost, or its steps took too long"));
    }

    /** The switch does not answer. A call that must be over is closed all the same; another one is looked for again. */
    public void outOfReach(@ExchangeProperty("CalloutLostTestCall") TestCallRows.Lost lost) throws SQLException {
        if (lost.over()) {
            closed(lost);
        } else {
            LOG.debug("Switch {} does not take the command to end test call {}", lost.switchName(), lost.call());
        }
    }
}
