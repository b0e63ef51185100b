package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.attempt.GiveBack;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.routes.StatusSteps;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.DatabaseClock;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.schema.ListSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch of numbers that are given back, some of which cannot be written. */
class GiveBacksIT {

    private final Attempts attempts = new Attempts();
    private TestDatabase database;
    private DatabaseClock clock;
    private CalloutTables tables;
    private Campaigns campaigns;
    private GiveBacks giveBacks;

    @BeforeEach
    void createTables() throws Exception {
        database = TestDatabase.withTables();
        database.run("INSERT INTO campaigns (name) VALUES ('one')");
        clock = new DatabaseClock(database.dataSource());
        clock.measure();
        tables = new CalloutTables(
                database.dataSource(),
                () -> Duration.ofHours(1),
                () -> true,
                () -> CampaignDefaults.NONE,
                false,
                clock);
        campaigns = new Campaigns(
                () -> CampaignDefaults.NONE,
                null,
                new Gateways(clock, new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
                null,
                clock,
                new StatusSteps(step -> true, false));
        giveBacks = new GiveBacks(attempts, campaigns, null, null, null, null, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"one_list, other_list", "other_list, one_list"})
    void aLockedListKeepsBackNoNumberOfAnother(String locked, String free) throws Exception {
        List<GiveBack> batch = new ArrayList<>();
        for (String list : List.of(locked, free)) {
            new ListSchema(database.dataSource(), list).prepare();
            database.run("INSERT INTO " + list + " (number) VALUES ('1'), ('2')");
            batch.addAll(claimed(list));
        }
        try (Connection other = database.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT * FROM " + locked + " FOR UPDATE");
            assertThatThrownBy(() -> giveBacks.write(batch)).isInstanceOf(SQLException.class);
            assertThat(database.column("SELECT COUNT(*) FROM " + free + " WHERE in_use <> 0"))
                    .containsExactly("0");
            assertThat(attempts.size()).isEqualTo(2);
        }
        giveBacks.write(batch);
        assertThat(database.column("SELECT COUNT(*) FROM " + locked + " WHERE in_use <> 0"))
                .containsExactly("0");
        assertThat(attempts.size()).isZero();
    }

    @Test
    void aRowThatIsRefusedKeepsBackNoOther() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1'), (1, '2'), (1, '3')");
        List<GiveBack> batch = claimed(null);
        database.run("CREATE TRIGGER refusing BEFORE UPDATE ON campaign_phones FOR EACH ROW IF OLD.cld = '2'"
                + " THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF");
        assertThatThrownBy(() -> giveBacks.write(batch)).isInstanceOf(SQLException.class);
        assertThat(database.column("SELECT cld FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                .containsExactly("2");

        database.run("DROP TRIGGER refusing");
        giveBacks.write(batch);
        assertThat(database.column("SELECT cld FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                .isEmpty();
    }

    private List<GiveBack> claimed(String list) throws Exception {
        CalloutTable table = tables.of(list);
        return table
                .claim(new ClaimOrder(
                        1,
                        "me",
                        clock.now(),
                        10,
                        Duration.ofSeconds(2),
                        false,
                        Duration.ofSeconds(100),
                        ClaimCursor.START))
                .numbers()
                .stream()
                .map(number -> {
                    Attempt attempt = Attempt.claimed(campaigns.byId(1), number, table, "me", number.dialAt());
                    attempts.add(attempt);
                    return attempt.goesBack(null);
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
