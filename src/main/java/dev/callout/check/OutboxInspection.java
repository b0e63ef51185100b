package dev.callout.check;

import dev.callout.settings.Settings;
import dev.callout.store.outbox.Outbox;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Checks whether outcomes are sent from the outbox. */
final class OutboxInspection {

    private static final String SUBJECT = "outbox";
    /** A receiver that is there takes an outcome within seconds. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Settings settings;
    private final Outbox outbox;

    OutboxInspection(Settings settings, DataSource dataSource) {
        this.settings = settings;
        this.outbox = new Outbox(dataSource);
    }

    /** Returns the findings; none if the outbox is neither in use nor filled. */
    List<Finding> findings() throws SQLException {
        Outbox.Level level = outbox.level();
        String waiting = level.waiting() >= Outbox.MOST_COUNTED
                ? Outbox.MOST_COUNTED + " outcomes or more wait"
                : level.waiting() + " outcomes wait";
        String since = waiting + ", the first of them for " + level.oldest().toSeconds() + " s";
        if (settings.outbox().isEmpty()) {
            return level.waiting() == 0
                    ? List.of()
                    : List.of(Finding.warn(
                            SUBJECT,
                            since + ", and this node sends none: callout.outbox.to is not set",
                            "set it as before, or delete the rows of table outcome_outbox"));
        }
        return List.of(
                level.oldest().compareTo(LONG) < 0
                        ? Finding.ok(SUBJECT, waiting)
                        : Finding.warn(
                                SUBJECT,
                                since,
                                "the logs of the running nodes say why the receiver does not take them; docs/outbox.md"));
    }
}
