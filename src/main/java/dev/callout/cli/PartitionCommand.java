package dev.callout.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.cli.access.SettingsFile;
import dev.callout.cli.output.Printout;
import dev.callout.settings.Settings;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseSurvey;
import dev.callout.store.schema.AttemptPartitions;
import dev.callout.store.schema.PartitionLayout;
import dev.callout.store.schema.PartitionUnit;
import dev.callout.store.schema.Schema;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Partitions table call_attempts by time, and undoes it. */
@Command(
        name = "partition",
        description =
                "Partitions table call_attempts by the time of its calls, so that a retention drops whole partitions, or"
                        + " undoes it. Copies the table. Without a unit, shows how the table is partitioned.")
final class PartitionCommand implements Callable<Integer> {

    /** Copying so many rows takes about a second. */
    private static final long MOST_BESIDE_NODES = 100_000;

    /** A unit, or none. */
    enum Wanted {
        day(PartitionUnit.DAY),
        week(PartitionUnit.WEEK),
        month(PartitionUnit.MONTH),
        none(null);

        private final PartitionUnit unit;

        Wanted(PartitionUnit unit) {
            this.unit = unit;
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "UNIT",
            description = "${COMPLETION-CANDIDATES}: what a partition covers, by UTC; none removes all partitions")
    private Wanted wanted;

    @Option(
            names = "--while-running",
            description = "copies a large table, too, although nodes run that must wait for it with all results")
    private boolean whileRunning;

    @Mixin
    private SettingsFile config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Settings settings = config.load();
        Printout out = Printout.of(spec);
        try (HikariDataSource dataSource = DataSources.open(settings.database())) {
            new Schema(dataSource).create();
            AttemptPartitions partitions = new AttemptPartitions(dataSource);
            boolean done = wanted == null || mayCopy(dataSource, partitions, out);
            if (done) {
                out.println(wanted == null ? describe(partitions.state()) : change(dataSource, partitions));
            }
            out.flush();
            return done ? 0 : 1;
        }
    }

    private boolean mayCopy(DataSource dataSource, AttemptPartitions partitions, Printout out) throws SQLException {
        long rows = partitions.rows();
        Set<String> nodes = new TreeSet<>(new DatabaseSurvey(dataSource).liveNodes());
        if (whileRunning || nodes.isEmpty() || rows <= MOST_BESIDE_NODES) {
            return true;
        }
        out.println("Nothing was changed: table call_attempts has about " + rows + " rows, and nodes run: "
                + String.join(", ", nodes) + ". While the table is copied, they write no results and make no new calls;"
                + " calls that are up continue. Stop the nodes first, or add --while-running");
        return false;
    }

    private String change(DataSource dataSource, AttemptPartitions partitions) throws SQLException {
        if (wanted == Wanted.none) {
            return partitions.remove()
                    ? "Table call_attempts has no partitions any more"
                    : "Table call_attempts has no partitions";
        }
        DatabaseClock clock = new DatabaseClock(dataSource);
        clock.measure();
        return describe(partitions.partition(wanted.unit, clock.now()));
    }

    private static String describe(AttemptPartitions.State state) {
        if (state.layout() != null) {
            return describe(state.layout());
        }
        return state.partitioned()
                ? "Table call_attempts is partitioned, but not as Callout does it"
                : "Table call_attempts has no partitions";
    }

    private static String describe(PartitionLayout layout) {
        return "Table call_attempts is partitioned by " + layout.unit().word() + ": "
                + layout.parts().size() + " partitions from "
                + layout.parts().get(0).name() + " until "
                + layout.end();
    }
}
