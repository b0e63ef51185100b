package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.schema.ListSchema;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node writes of a call that it has lost to another one, in either layout. */
class LateEndIT {

    private TestDatabase database;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        database.run("INSERT INTO campaigns (name) VALUES ('one')");
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '1')");
        database.run("CREATE TABLE callout_list (number VARCHAR(30) PRIMARY KEY) ENGINE=InnoDB");
        new ListSchema(database.dataSource(), "callout_list").prepare();
        database.run("INSERT INTO callout_list (number) VALUES ('1')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private CalloutTable table(String name) {
        return name.equals("campaign_phones")
                ? new CampaignPhones(database.dataSource())
                : new DestinationList(database.dataSource(), name, Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"campaign_phones", "callout_list"})
    void doesNotTakeBackTheChargeThatTheTakerHasWritten(String name) throws Exception {
        CalloutTable table = table(name);
        ClaimedNumber number = table.claim(order(1)).numbers().get(0);
        database.run("UPDATE campaign_phones SET owner = 'taker' WHERE owner = 'me'");
        database.run("UPDATE callout_list SET callout_owner = 'taker' WHERE callout_owner = 'me'");
        table.write("[" + end(number, "taker", "") + "]", false);

        table.write(
                "["
                        + end(
                                number,
                                "me",
                                ",\"if_spent\":{\"most\":3,\"count\":1,\"finished\":0,\"next_call\":1795342209.75,"
                                        + "\"retry_sec\":600}")
                        + "]",
                false);

        assertThat(database.column("SELECT CONCAT_WS(' ', charged, hangup_cause) FROM call_attempts"))
                .containsExactly("1 MANAGER_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"campaign_phones", "callout_list"})
    void takesBackTheChargeOfItsOwnCallAlsoIfTheNumberHasBeenDeletedMeanwhile(String name) throws Exception {
        CalloutTable table = table(name);
        ClaimedNumber number = table.claim(order(1)).numbers().get(0);
        database.run("DELETE FROM " + name);

        table.write(
                "["
                        + end(
                                number,
                                "me",
                                ",\"if_spent\":{\"most\":3,\"count\":1,\"finished\":0,\"next_call\":1795342209.75,"
                                        + "\"retry_sec\":600}")
                        + "]",
                false);

        assertThat(database.column("SELECT CONCAT_WS(' ', charged, hangup_cause) FROM call_attempts"))
                .containsExactly("0 MANAGER_REQUEST");
    }

    private static String end(ClaimedNumber number, String owner, String more) {
        return "{\"id\":" + number.row() + ",\"campaign\":1,\"number\":\"1\",\"call\":\"" + number.callUuid()
                + "\",\"owner\":\""
                + owner + "\",\"attempt\":1,\"count\":1,\"status\":\"failure\",\"finished\":0,\"never\":false,"
                + "\"next_call\":1795342209.75,\"retry_sec\":600,\"setup\":1795341601.25,\"disconnect\":1795341609.75,"
                + "\"cause\":\"MANAGER_REQUEST\",\"switch\":\"fs1\",\"ended\":true" + more + "}";
    }
}
