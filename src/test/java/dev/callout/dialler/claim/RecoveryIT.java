package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.node.Lease;
import dev.callout.dialler.node.RightToDial;
import dev.callout.dialler.routes.StatusSteps;
import dev.callout.store.CallBases;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.schema.Schema;
import dev.callout.testbed.CommitCutter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** When a node looks for calls of lost ones. Its lease is 6 s long, so it waits for 1 s after another's has run out. */
class RecoveryIT {

    private TestDatabase database;
    private DataSource dataSource;
    private Nodes nodes;
    private Lease lease;
    private Campaigns campaigns;
    private Recovery recovery;
    private final AtomicLong nanoTime = new AtomicLong();
    private final Attempts attempts = new Attempts();
    private final Switches switches = new Switches(
            Map.of("fs1", 1d), attempts, null, CallLimits.none(), ChannelLimits.none(), InstantSource.system());

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.withTables();
        dataSource = standingStill(database.dataSource());
        nodes = new Nodes(dataSource);
        DatabaseClock clock = new DatabaseClock(dataSource);
        lease = new Lease("here", Duration.ofSeconds(6), new Schema(dataSource), nodes, nanoTime::get);
        campaigns = new Campaigns(
                () -> CampaignDefaults.NONE,
                null,
                new Gateways(InstantSource.system(), new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
                null,
                clock,
                new StatusSteps(step -> true, false));
        recovery = recoveryOf(new CalloutTables(
                dataSource, () -> Duration.ofHours(1), () -> false, () -> CampaignDefaults.NONE, false, clock));
    }

    /** The database's time does not pass, however long it takes to ask it. */
    private static DataSource standingStill(DataSource database) {
        String now = "SET timestamp = " + System.currentTimeMillis() / 1000;
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                try (Statement statement = connection.createStatement()) {
                    statement.execute(now);
                }
                return connection;
            }
        };
    }

    private Recovery recoveryOf(CalloutTables tables) {
        return new Recovery(
                tables,
                nodes,
                new RightToDial(lease, null, new Draining(attempts, null), null),
                attempts,
                campaigns,
                switches,
                new CallBaseKeeping(
                        new CallBases(dataSource), attempts, campaigns, file -> file, Runnable::run, nanoTime::get),
                new DatabaseClock(dataSource),
                nanoTime::get);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void firstLooksWhenItHoldsItsLeaseAndKnowsTheCampaigns() throws Exception {
        assertThat(recovery.due()).isFalse();
        lease.keep();
        assertThat(recovery.due()).isFalse();
        campaigns.read(List.of());

        assertThat(recovery.due()).isTrue();
    }

    @Test
    void looksEveryTwoSecondsWhileAllLeasesAreRenewed() throws Exception {
        lease.keep();
        campaigns.read(List.of());
        recovery.takeOver();
        pass(Duration.ofMillis(1_999));
        assertThat(recovery.due()).isFalse();
        pass(Duration.ofMillis(1));

        assertThat(recovery.due()).isTrue();
    }

    @Test
    void looksAsSoonAsALeaseHasRunOutAndTheMarginIsOver() throws Exception {
        nodes.register("there", "lost", Duration.ofMillis(4_100));
        leftBehind("lost");
        lease.keep();
        campaigns.read(List.of());
        assertThat(recovery.takeOver()).isEmpty();
        pass(Duration.ofSeconds(4));
        lease.keep();
        assertThat(recovery.takeOver()).isEmpty();
        pass(Duration.ofMillis(1_099));
        assertThat(recovery.due()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(recovery.due()).isTrue();

        assertThat(recovery.takeOver()).hasSize(1);
    }

    @Test
    void aStepOfTheDatabasesClockTakesNoCallsAwayFromWhoRenewsItsLease() throws Exception {
        leftBehind("alive");
        nodes.register("there", "alive", Duration.ofSeconds(6));
        lease.keep();
        campaigns.read(List.of());
        assertThat(recovery.takeOver()).isEmpty();
        database.run("UPDATE nodes SET expires = expires - INTERVAL 1 HOUR");
        assertThat(recovery.takeOver()).as("seen a moment after the step").isEmpty();
        pass(Duration.ofSeconds(4));
        lease.keep();
        nodes.renew("alive", Duration.ofSeconds(6));

        assertThat(recovery.takeOver()).as("renewed").isEmpty();
        pass(Duration.ofSeconds(4));
        lease.keep();
        assertThat(recovery.takeOver()).isEmpty();
    }

    @Test
    void callsOfALostNodeDoNotWaitForAsLongAsTheDatabasesClockWasSetBack() throws Exception {
        leftBehind("lost");
        nodes.register("there", "lost", Duration.ofSeconds(6));
        lease.keep();
        campaigns.read(List.of());
        assertThat(recovery.takeOver()).isEmpty();
        database.run("UPDATE nodes SET expires = expires + INTERVAL 1 HOUR");
        assertThat(recovery.takeOver()).isEmpty();
        pass(Duration.ofSeconds(4));
        lease.keep();
        assertThat(recovery.takeOver()).isEmpty();
        pass(Duration.ofSeconds(3));

        assertThat(recovery.takeOver()).hasSize(1);
    }

    @Test
    void leavesOthersTheTimeToRenewTheirLeasesWhenTheDatabaseWasAwayFromAll() throws Exception {
        leftBehind("other");
        nodes.register("there", "other", Duration.ZERO);
        database.run("UPDATE nodes SET expires = expires - INTERVAL 1 MINUTE");
        lease.keep();
        campaigns.read(List.of());
        pass(Duration.ofMinutes(1));
        lease.keep();
        assertThat(recovery.takeOver()).isEmpty();
        pass(Duration.ofSeconds(4));
        lease.keep();
        assertThat(recovery.takeOver()).isEmpty();
        pass(Duration.ofSeconds(3));

        assertThat(recovery.takeOver()).hasSize(1);
    }

    @Test
    void findsWhatATakeOverHasBroughtWhoseCommitWasCutAndKeepsItsOwnCalls() throws Exception {
        DataSource cutting = new CommitCutter("campaign_phones/change-owner", 1).around(dataSource);
        recovery = recoveryOf(new CalloutTables(
                cutting,
                () -> Duration.ofHours(1),
                () -> false,
                () -> CampaignDefaults.NONE,
                false,
                new DatabaseClock(dataSource)));
        lease.keep();
        campaigns.read(List.of());
        String me = lease.incarnation();
        leftBehind(me);
        assertThat(recovery.takeOver()).isEmpty();
        attempts.add(Attempt.adopted(
                campaigns.byId(1), new CampaignPhones(dataSource).callsOf(me).get(0), null, me));
        leftBehind("lost");
        assertThatThrownBy(recovery::takeOver).isInstanceOf(SQLException.class);

        assertThat(recovery.takeOver())
                .extracting(attempt -> attempt.number().cld())
                .containsExactly("of lost");
        assertThat(recovery.takeOver()).isEmpty();
        assertThat(lease.leftAs(me)).isPositive();
        assertThat(database.column("SELECT DISTINCT owner FROM campaign_phones"))
                .containsExactly(me);
    }

    @Test
    void followsWhatItHasTakenOverThoughItsLeaseIsLostOnTheWay() throws Exception {
        lease.keep();
        campaigns.read(List.of());
        leftBehind("lost");
        leftBehind("lost too");
        database.run("CREATE TRIGGER losing AFTER UPDATE ON campaign_phones FOR EACH ROW DELETE FROM nodes");

        assertThat(recovery.takeOver()).hasSize(1);
    }

    /** A number with a sent mark. */
    @Test
    void aCallThatNoSwitchCanTellOfIsKnownToHaveEndedWhateverAStepDoesToItsEnd() throws Exception {
        DatabaseClock clock = new DatabaseClock(dataSource);
        clock.measure();
        Recovery measured = new Recovery(
                new CalloutTables(
                        dataSource, () -> Duration.ofHours(1), () -> false, () -> CampaignDefaults.NONE, false, clock),
                nodes,
                new RightToDial(lease, null, new Draining(attempts, null), null),
                attempts,
                campaigns,
                switches,
                new CallBaseKeeping(
                        new CallBases(dataSource), attempts, campaigns, file -> file, Runnable::run, nanoTime::get),
                clock,
                nanoTime::get);
        leftBehind("nobody");
        database.run("UPDATE campaign_phones SET expires = expires - INTERVAL 2 HOUR");
        lease.keep();
        campaigns.read(List.of());
        Attempt attempt = measured.takeOver().get(0);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Attempt.PROPERTY, attempt);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalArgumentException("no such switch"));
        measured.outOfReach(exchange);
        assertThat(attempt.lastNews()).isNull();

        assertThat(measured.over()).containsExactly(attempt);
        assertThat(attempt.lastNews().headers()).containsValue(CauseClass.LOST_RESULT);
    }

    @Test
    void callsOnASwitchThatIsNoneOfOursAreLookedUpOnceItIs() throws Exception {
        DatabaseClock clock = new DatabaseClock(dataSource);
        clock.measure();
        recovery = new Recovery(
                new CalloutTables(
                        dataSource, () -> Duration.ofHours(1), () -> false, () -> CampaignDefaults.NONE, false, clock),
                nodes,
                new RightToDial(lease, null, new Draining(attempts, null), null),
                attempts,
                campaigns,
                switches,
                new CallBaseKeeping(
                        new CallBases(dataSource), attempts, campaigns, file -> file, Runnable::run, nanoTime::get),
                clock,
                nanoTime::get);
        leftBehind("nobody");
        lease.keep();
        campaigns.read(List.of());
        Attempt attempt = recovery.takeOver().get(0);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Attempt.PROPERTY, attempt);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalArgumentException("no such switch"));
        recovery.outOfReach(exchange);
        assertThat(recovery.takeOver()).isEmpty();

        switches.change(Map.of("fs1", 1d, "sim", 1d));
        assertThat(recovery.takeOver()).containsExactly(attempt);
        assertThat(recovery.takeOver()).isEmpty();
        recovery.outOfReach(exchange);
        assertThat(recovery.takeOver()).as("not for want of a switch").isEmpty();
    }

    private void leftBehind(String owner) throws SQLException {
        database.run(
                "INSERT INTO campaign_phones (i_campaign, cld, status, call_count, call_uuid, owner, setup_time, expires,"
                        + " call_switch) VALUES (1, 'of " + owner + "', 'trying', 1, UUID(), '" + owner
                        + "', NOW(3), NOW(3) + INTERVAL 1 HOUR, 'sim')");
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
