package dev.callout.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.cli.DataSources;
import dev.callout.dialler.Dialler;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.settings.Settings;
import dev.callout.settings.SettingsChange;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.simulator.SimulatorSettings;
import dev.callout.simulator.callee.Callee;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.Ledger;
import dev.callout.store.DatabaseClock;
import dev.callout.store.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;

/**
 * A whole Callout under test: its own database on a real MariaDB, a simulated switch, and the dialler with its built-in
 * routes. The switch's ledger is the witness of what was dialled.
 */
public final class Installation implements AutoCloseable {

    /** How long to wait for a server that stands still. It is not considered away before that. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MOST_DEADLOCKS = 5;

    private final SimulatedSwitch simulated;
    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private Settings settings;
    private final HikariDataSource dataSource;
    private final UnaryOperator<DataSource> around;
    private final MovedTime time;
    private final Consumer<CamelContext> preparation;
    private final InstantSource wallClock;
    private CamelContext camelContext;
    private Dialler dialler;

    private Installation(Builder builder) throws Exception {
        simulated = builder.simulated.start();
        environment = new HashMap<>(Map.of(
                "CALLOUT_DB_URL", FreshDatabase.create() + builder.serverVariables,
                "CALLOUT_DB_USER", "root",
                "CALLOUT_NODE", "test",
                "CALLOUT_SWITCHES", "sim",
                "CALLOUT_SWITCH_SIM_PORT", Integer.toString(simulated.port()),
                "CALLOUT_SWITCH_SIM_CALLS_PER_SECOND", "1000",
                "CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "0.3",
                "CALLOUT_RETRY_FLOOR_SEC", "0"));
        environment.putAll(builder.environment);
        // Each of a dozen queues takes this long to notice that it must stop, one after the other.
        properties = new HashMap<>(Map.of("camel.component.seda.default-poll-timeout", "20"));
        properties.putAll(builder.properties);
        settings = Settings.load("the test", properties, environment);
        dataSource = DataSources.open(settings.database());
        if (!builder.environment.containsKey("CALLOUT_DB_URL")) {
            dataSource.setConnectionTimeout(PATIENCE.toMillis());
        }
        around = builder.around;
        time = new MovedTime(settings.database().url(), settings.database().user());
        preparation = builder.preparation;
        wallClock = builder.wallClock;
        if (builder.tables) {
            new Schema(dataSource).create();
        }
    }

    /** Returns callees that ring for a time, answer, talk for a time and hang up. */
    public static Callee talking(Duration ring, Duration talk) {
        return call -> CalleePlan.answers(ring, talk);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts the dialler, or starts it again if it was stopped. */
    public Installation start() throws Exception {
        camelContext = new DefaultCamelContext();
        dialler = new Dialler(
                camelContext,
                settings,
                time.stepping(around.apply(dataSource)),
                new DatabaseClock(time, time::nanoTime, wallClock));
        preparation.accept(camelContext);
        dialler.start();
        return this;
    }

    /** Stops the dialler. Database and switch go on. */
    public void stop() {
        dialler.close();
        dialler = null;
    }

    /**
     * Changes one option of the running dialler.
     *
     * @param variable the option's environment variable
     * @return what has changed
     */
    public SettingsChange change(String variable, String value) throws Exception {
        return change(Map.of(variable, value));
    }

    /**
     * Changes several options together. A blank value removes an option. If the change is refused, all options stay as
     * they were.
     */
    public SettingsChange change(Map<String, String> variables) throws Exception {
        Map<String, String> changed = new HashMap<>(environment);
        changed.putAll(variables);
        changed.values().removeIf(String::isBlank);
        Settings before = settings;
        Settings after = Settings.load("the test", properties, changed);
        dialler.change(after);
        environment.clear();
        environment.putAll(changed);
        settings = after;
        return SettingsChange.between(before, after);
    }

    public SimulatedSwitch simulated() {
        return simulated;
    }

    public Ledger ledger() {
        return simulated.ledger();
    }

    /** Returns the JDBC URL of the database, for another process. Its user is root, without a password. */
    public String url() {
        return settings.database().url();
    }

    /** Returns the dialler's database. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Returns what an operator can do with the campaigns, and ask about them. */
    public CampaignControl control() {
        return dialler.control();
    }

    public CamelContext camelContext() {
        return camelContext;
    }

    /**
     * Adds a campaign that plays an echo.
     *
     * @param columns its other columns, as {@code name, name = value, value}; may be empty
     * @return its {@code i_campaign}
     */
    public long campaign(String name, Map<String, Object> columns) throws SQLException {
        Map<String, Object> all =
                new HashMap<>(Map.of("profile_gateway", "gw", "action_on_answer", "echo()", "threshold_msec", 0));
        all.putAll(columns);
        all.put("name", name);
        List<String> names = new ArrayList<>(all.keySet());
        String values = String.join(
                ", ", names.stream().map(one -> literal(all.get(one))).toList());
        execute("INSERT INTO campaigns (" + String.join(", ", names) + ") VALUES (" + values + ")");
        return number("SELECT MAX(i_campaign) FROM campaigns");
    }

    private static String literal(Object value) {
        return value instanceof Number ? value.toString() : "'" + value + "'";
    }

    /** Adds numbers: a prefix followed by 0000 and so on. */
    public void numbers(long campaign, String prefix, int count) throws SQLException {
        execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT " + campaign + ", CONCAT('" + prefix
                + "', LPAD(seq, 4, '0')) FROM seq_0_to_" + (count - 1));
    }

    /** Executes a statement, again if it met a deadlock with the dialler's own, as whoever edits tables by hand would. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (int deadlocks = 0; ; deadlocks++) {
                try {
                    statement.execute(sql);
                    return;
                } catch (SQLTransactionRollbackException e) {
                    if (deadlocks == MOST_DEADLOCKS) {
                        throw e;
                    }
                }
            }
        }
    }

    /** Returns the first column of the first row, a whole number. */
    public long number(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Returns the first column of all rows. */
    public List<String> column(String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                column.add(rows.getString(1));
            }
        }
        return column;
    }

    /** Moves the dialler's clock forward. The dialler notices it at its next scan. */
    public void advance(Duration by) {
        time.advance(by);
    }

    /** Sets the clock of the database's server forward, or back by a negative time. No time passes. */
    public void stepDatabaseClock(Duration by) {
        time.step(by);
    }

    /** Returns how far the dialler's clock is ahead of the switch's. */
    public Duration ahead() {
        return time.ahead();
    }

    /** Waits until every number of every campaign is finished. */
    public void awaitAllFinished(Duration atMost) {
        Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(
                                column(
                                        "SELECT CONCAT(cld, ' is ', COALESCE(status, 'NULL')) FROM campaign_phones WHERE finished = 0 LIMIT 5"))
                        .as("numbers that are not finished")
                        .isEmpty());
    }

    @Override
    public void close() {
        if (dialler != null) {
            dialler.close();
        }
        dataSource.close();
        simulated.close();
    }

    /** The differences from an ordinary installation. */
    public static final class Builder {

        private final Map<String, String> environment = new HashMap<>();
        private final Map<String, String> properties = new HashMap<>();
        private final SimulatorSettings simulated =
                SimulatedSwitch.builder().sessionsPerSecond(100_000).maxSessions(100_000);
        private Consumer<CamelContext> preparation = context -> {};
        private UnaryOperator<DataSource> around = dataSource -> dataSource;
        private InstantSource wallClock = InstantSource.system();
        private boolean tables = true;
        private String serverVariables = "";

        private Builder() {}

        /** Sets an option by its environment variable. */
        public Builder with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** Sets a property as in the properties file, which ranks below the environment. May be one of Camel's, too. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** Changes the simulated switch. */
        public Builder simulated(Consumer<SimulatorSettings> change) {
            change.accept(simulated);
            return this;
        }

        /** Changes the Camel context before the dialler starts in it. */
        public Builder prepared(Consumer<CamelContext> change) {
            preparation = change;
            return this;
        }

        /** Puts something between the dialler and its database. */
        public Builder dataSource(UnaryOperator<DataSource> change) {
            around = change;
            return this;
        }

        /** Sets the clock of the machine that the dialler runs on. */
        public Builder wallClock(InstantSource clock) {
            wallClock = clock;
            return this;
        }

        /** Leaves it to the dialler to create the tables, so that a test can create older ones first. */
        public Builder withoutTables() {
            tables = false;
            return this;
        }

        /** Sets variables with which the server's sessions begin, such as {@code sql_mode='ANSI'}. */
        public Builder server(String variables) {
            serverVariables = "&sessionVariables=" + variables;
            return this;
        }

        /** Creates the database and the switch. The dialler waits for {@link Installation#start()}. */
        public Installation build() throws Exception {
            return new Installation(this);
        }

        public Installation start() throws Exception {
            return build().start();
        }
    }
}
