package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.inGermany;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.schema.ListSchema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What happens to a telephone between two statements of a claim, or while others hold its row. */
class TelephoneRacesIT {
    private TestDatabase database;
    private CampaignPhones phones;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        database.run("INSERT INTO campaigns (name, max_concurrent_calls) VALUES"
                + " ('one', 2000), ('two', 2000), ('list', 2000)");
        phones = new CampaignPhones(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void numbers(long campaign, String... numbers) throws SQLException {
        for (String number : numbers) {
            database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '" + number + "')");
        }
    }

    private static List<String> claim(CalloutTable table, long campaign, long second) throws Exception {
        return table.claim(inGermany(campaign, "me", NOW.plusSeconds(second), 1000)).numbers().stream()
                .map(ClaimedNumber::cld)
                .toList();
    }

    /** Does something on other connections right before the first statement that has this text. */
    private DataSource before(String text, ThrowingRunnable work) {
        AtomicReference<ThrowingRunnable> left = new AtomicReference<>(work);
        return new DelegatingDataSource(database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                            if (method.getName().equals("prepareStatement") && ((String) arguments[0]).contains(text)) {
                                ThrowingRunnable its = left.getAndSet(null);
                                if (its != null) {
                                    its.run();
                                }
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }
        };
    }

    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void aClaimWaitsForNobodyWhoHoldsTelephones() throws Exception {
        numbers(1, "030 23125456");
        assertThat(claim(phones, 1, 0)).hasSize(1);
        database.run("DELETE FROM campaign_phones");
        database.run("INSERT IGNORE INTO call_attempts (call_uuid, i_campaign) SELECT call_uuid, 1 FROM telephones");
        numbers(1, "030 23125456", "030 23125457", "030 23125458");

        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM telephones WHERE e164 = '+493023125456' FOR UPDATE");
            statement.execute("INSERT INTO telephones VALUES ('+493023125457', UUID(), 1, '', 99, '2020-01-01')");
            assertThat(claim(phones, 1, 1)).containsExactly("030 23125458");
            other.rollback();
            other.setAutoCommit(true);
        }
        assertThat(claim(phones, 1, 5)).isEmpty();
        assertThat(claim(phones, 1, 6)).containsExactlyInAnyOrder("030 23125456", "030 23125457");
    }

    @Test
    void aTelephoneTakenByAnotherClaimSinceThisOneLookedWaits() throws Exception {
        numbers(1, "030 23125456", "030 23125457");
        numbers(2, "+49 30 23125456");
        // Its index entry lies between those of the two campaigns, so that neither claim locks the other's.
        database.run("INSERT INTO campaign_phones (i_campaign, cld, finished) VALUES (1, '030 1', 1)");
        database.run("INSERT INTO telephones VALUES ('+493023125457', UUID(), 1, '', 99, '2020-01-01')");
        List<String> before = database.column("SELECT call_uuid FROM telephones");

        DataSource taken = before(
                "INSERT INTO telephones", () -> assertThat(claim(phones, 2, 0)).hasSize(1));
        assertThat(claim(new CampaignPhones(taken), 1, 0)).containsExactly("030 23125457");
        assertThat(database.column("SELECT CONCAT(i_campaign, list, recent IS NULL, call_uuid = (SELECT call_uuid FROM"
                        + " campaign_phones WHERE i_campaign = 2)) FROM telephones WHERE e164 = '+493023125456'"))
                .as("the call of campaign 2 is still the last")
                .containsExactly("211");
        assertThat(database.column("SELECT recent FROM telephones WHERE e164 = '+493023125457'"))
                .containsExactly("!" + before.get(0));
        database.run("UPDATE campaign_phones SET call_uuid = NULL, finished = 1 WHERE i_campaign = 2");
        assertThat(claim(phones, 1, 5)).containsExactly("030 23125456");
    }

    @Test
    void aListThatIsMadeAnewUnderItsNameFreesNoTelephoneThatIsInACall() throws Exception {
        numbers(2, "+493023125456", "+493023125457");
        DestinationList list = listOf("030 23125456", "030 23125457");
        assertThat(claim(list, 3, 0)).hasSize(2);
        database.run("DROP TABLE list");
        list = listOf("030 23125456", "030 23125458");

        assertThat(claim(list, 3, 1)).containsExactly("030 23125458");
        assertThat(claim(phones, 2, 1)).isEmpty();
        assertThat(claim(list, 3, 6)).as("asked again").isEmpty();
        assertThat(claim(phones, 2, 6)).as("asked again").isEmpty();
        database.run("INSERT IGNORE INTO call_attempts (call_uuid, i_campaign) SELECT call_uuid, 3 FROM telephones"
                + " WHERE e164 = '+493023125456'");
        assertThat(claim(list, 3, 11)).containsExactly("030 23125456");
        assertThat(claim(phones, 2, 3600)).as("after the latest possible end").containsExactly("+493023125457");
    }

    private DestinationList listOf(String... numbers) throws SQLException {
        new ListSchema(database.dataSource(), "list").prepare();
        for (String number : numbers) {
            database.run("INSERT INTO list (number) VALUES ('" + number + "')");
        }
        return new DestinationList(database.dataSource(), "list", Duration.ofMinutes(1));
    }

    @Test
    void aClaimOfManyNumbersLocksTheirTelephonesAlone() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, 03023100000 + seq FROM seq_1_to_1000");
        database.run("UPDATE campaign_phones SET cld = CONCAT('0', cld)");
        database.run("INSERT INTO telephones SELECT CONCAT('+49', 3023100000 + seq), UUID(), 1, '', 0, '2020-01-01'"
                + " FROM seq_1_to_5000");

        DataSource others = before(
                "UPDATE campaign_phones FORCE INDEX",
                () -> database.run("CREATE TABLE locked SELECT e164"
                        + " FROM telephones WHERE e164 > '+493023101000' FOR UPDATE SKIP LOCKED"));
        assertThat(claim(new CampaignPhones(others), 1, 0)).hasSize(1000);
        assertThat(database.column("SELECT COUNT(*) FROM locked")).containsExactly("4000");
    }
}
