package dev.callout.store.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.Person;
import dev.callout.store.TestDatabase;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database holds of a person, in each table and spelling, is shown and erased, and nothing else. */
class PersonIT {

    private static final Optional<Country> DE = Optional.of(new Country("DE"));
    private static final EraseKey KEY = new EraseKey("0123456789abcdef0123456789abcdef");
    private static final String CALL = "01234567-0123-7123-8123-000000000001";
    private static final String EVERYTHING =
            """
            SELECT CONCAT_WS(' ', cld, callerid, status, finished, hangup_cause, e164, next_call) FROM campaign_phones
            UNION ALL SELECT CONCAT_WS(' ', number, lastresult, callerid, callout_e164, callout_state) FROM list
            UNION ALL SELECT CONCAT_WS(' ', number, call_uuid) FROM call_attempts
            UNION ALL SELECT CONCAT_WS(' ', number, e164) FROM do_not_call
            UNION ALL SELECT CONCAT_WS(' ', written_as, e164) FROM do_not_call_entries
            UNION ALL SELECT CONCAT_WS(' ', dialled, e164) FROM hang_ups
            UNION ALL SELECT CONCAT_WS(' ', number, outcome) FROM outcome_outbox
            UNION ALL SELECT CONCAT_WS(' ', e164, call_uuid) FROM telephones""";

    private TestDatabase database;
    private PersonTables tables;
    private PersonErasure erasure;
    private Person person;

    @BeforeEach
    void fill() throws Exception {
        database = TestDatabase.withTables();
        new ListSchema(database.dataSource(), "list").prepare();
        database.run("INSERT INTO campaigns (name, country, destination_list) VALUES ('german', 'DE', NULL),"
                + " ('austrian', 'AT', NULL), ('bare', 'none', NULL), ('listed', 'DE', 'list')");
        database.run("INSERT INTO campaign_phones (i_campaign, cld, callerid, finished, status, e164, next_call)"
                + " VALUES (1, '(030) 23125021', '110', 0, 'failure', '+493023125021', '2027-01-01'), (1, '0049 30"
                + " 23125021', NULL, 1, 'success', NULL, NULL), (2, '030 23125021', NULL, 0, 'idle', NULL, NULL), (2, '+49"
                + " 30 23125021', NULL, 0, 'idle', NULL, NULL), (3, '030/23125021', NULL, 0, 'idle', NULL, NULL), (1, '030"
                + " 23125022', NULL, 0, 'idle', NULL, NULL), (1, NULL, NULL, 0, 'idle', NULL, NULL), (99, '+493023125021',"
                + " NULL, 0, 'idle', NULL, NULL)");
        database.run(
                "INSERT INTO list (number, callerid, callout_e164) VALUES ('030 2312 5021', '110', '+493023125021'),"
                        + " ('03023125022', NULL, NULL)");
        for (int i = 1; i < 4; i++) {
            database.run("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status)"
                    + " VALUES ('" + CALL.replace("1", Integer.toString(i)) + "', 1, " + i + ", '"
                    + List.of("030 23125021", "030 23125022", "+49 30 23125021").get(i - 1) + "', 1, 'failure')");
        }
        database.run("INSERT INTO do_not_call (number) VALUES ('0049-30-23125021'), ('030 23125022')");
        database.run("INSERT INTO do_not_call_lists (name) VALUES ('ours')");
        database.run("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, e164) VALUES"
                + " (1, '30:23125021', '+493023125021'), (1, '30 23125022', '+493023125022')");
        database.run(
                "INSERT INTO hang_ups (at, dialled, e164) VALUES (UTC_TIMESTAMP(), '030 23125021', '+493023125021'),"
                        + " (UTC_TIMESTAMP(), '030-23125021', NULL), (UTC_TIMESTAMP(), '030 23125022', NULL)");
        database.run("INSERT INTO telephones VALUES ('+493023125021', '" + CALL
                + "', 1, '', 1, UTC_TIMESTAMP() + INTERVAL 1 HOUR)," + " ('+493023125022', '" + CALL
                + "', 1, '', 6, UTC_TIMESTAMP())");
        database.run("INSERT INTO audit (at, who, action, object, changes) VALUES (UTC_TIMESTAMP(), 'user anna',"
                + " 'do-not-call.put', '+493023125021?list=ours', '{\"reason\":\"Mrs. X\"}'), (UTC_TIMESTAMP(), 'user"
                + " anna', 'do-not-call.put', '+493023125022', NULL)");
        database.run(
                "INSERT INTO outcome_outbox (created, call_uuid, i_campaign, list, i_campaign_phone, number, outcome)"
                        + " VALUES (UTC_TIMESTAMP(), '" + CALL
                        + "', 1, '', 1, '030 23125021', '{\"id\":1,\"number\":\"030 23125021\","
                        + "\"setup\":1795334400.120,\"caller_id\":\"110\",\"digits\":\"1\",\"e164\":\"+493023125021\"}'),"
                        + " (UTC_TIMESTAMP(), '" + CALL + "', 1, '', 6, '030 23125022', '{}')");
        tables = new PersonTables(database.dataSource());
        erasure = new PersonErasure(database.dataSource());
        person = Person.of("030-23125021", DE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> everything() throws SQLException {
        return database.column(EVERYTHING);
    }

    private static List<Object> column(Map<String, Object> export, String table, String column) {
        return ((List<?>) export.get(table))
                .stream().<Object>map(row -> ((Map<?, ?>) row).get(column)).toList();
    }

    @Test
    void isShownInEachSpellingOfEachTable() throws Exception {
        String vars = "{\"name\": \"Ann Ex\"}";
        database.run("UPDATE list SET timezone = 'Europe/Berlin', consent = 'by letter', vars = '" + vars
                + "' WHERE number LIKE '%5021'");
        database.run("UPDATE campaign_phones SET vars = '" + vars + "' WHERE cld = '(030) 23125021'");
        Map<String, Object> export = tables.export(person, DE, Optional.of(KEY));

        assertThat(export).containsEntry("telephone", "+493023125021").containsEntry("erased_at", null);
        assertThat(column(export, "campaign_phones", "cld"))
                .containsExactly(
                        "(030) 23125021",
                        "0049 30 23125021",
                        "030 23125021",
                        "+49 30 23125021",
                        "030/23125021",
                        "+493023125021");
        assertThat(column(export, "campaign_phones", "campaign").get(0)).isEqualTo("german");
        assertThat(column(export, "list", "number")).containsExactly("030 2312 5021");
        assertThat(column(export, "list", "timezone")).containsExactly("Europe/Berlin");
        assertThat(column(export, "list", "consent")).containsExactly("by letter");
        assertThat(column(export, "list", "vars")).containsExactly(vars);
        assertThat(column(export, "campaign_phones", "vars")).contains(vars);
        assertThat(column(export, "call_attempts", "number")).containsExactly("030 23125021", "+49 30 23125021");
        assertThat(column(export, "do_not_call", "number")).containsExactly("0049-30-23125021");
        assertThat(column(export, "do_not_call_entries", "written_as")).containsExactly("30:23125021");
        assertThat(column(export, "do_not_call_entries", "list")).containsExactly("ours");
        assertThat(column(export, "audit", "object")).containsExactly("+493023125021?list=ours");
    }

    @Test
    void isErasedEverywhereAndTheRowsAreStillCountedButNeverDialled() throws Exception {
        String known = "timezone = 'Europe/Berlin', consent = 'Ann Ex, by letter', vars = '{\"name\": \"Ann Ex\"}'";
        database.run("UPDATE campaign_phones SET " + known + " WHERE i_campaign_phone = 1");
        database.run("UPDATE list SET " + known + " WHERE number LIKE '%5021'");
        database.run("INSERT INTO test_numbers (number, name) VALUES ('+493023125021', 'Ann Ex')");
        database.run("INSERT INTO call_reports VALUES ('" + CALL + "', 1, 'moved-away', 'Ann Ex moved', NOW(), 'bot')");
        Map<String, Integer> erased = erasure.erase(person, DE, KEY).rows();

        assertThat(database.column("SELECT CONCAT_WS(' ', result, note) FROM call_reports"))
                .containsExactly("erased");
        assertThat(database.column(SqlText.of("api/call-campaign").replace(":#call", "'" + CALL + "'")))
                .as("no report comes after the erasure")
                .isEmpty();
        assertThat(database.column("SELECT name FROM test_numbers")).isEmpty();
        assertThat(
                        database.column(
                                "SELECT i_campaign_phone FROM campaign_phones WHERE COALESCE(consent, timezone, vars) IS NOT NULL"
                                        + " UNION ALL SELECT callout_row FROM list WHERE COALESCE(consent, timezone, vars) IS NOT NULL"))
                .isEmpty();
        assertThat(erased)
                .containsEntry("campaign_phones", 6)
                .containsEntry("list", 1)
                .containsEntry("call_attempts", 2)
                .containsEntry("do_not_call", 1)
                .containsEntry("do_not_call_entries", 1)
                .containsEntry("hang_ups", 2)
                .containsEntry("outcome_outbox", 1)
                .containsEntry("telephones", 1);
        assertThat(new ObjectMapper()
                        .readTree(database.column("SELECT outcome FROM outcome_outbox WHERE i_campaign_phone = 1")
                                .get(0)))
                .as("it is sent nevertheless")
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        "{\"id\":1,\"number\":\"erased:1\",\"setup\":1795334400.120,\"caller_id\":null,\"zone\":null}"));
        assertThat(everything())
                .contains(
                        "erased:1 failure 1 ERASED",
                        "erased:2 success 1 ERASED",
                        "erased:8 failure 1 ERASED",
                        "030 23125022 idle 0",
                        "erased:1 ERASED 6",
                        "03023125022 0")
                .noneMatch(row -> row.replaceAll("[^0-9]", "").contains("23125021"));
        assertThat(Person.listed("erased:1")).as("dialable by whatever pattern").isEmpty();
        assertThat(tables.export(person, DE, Optional.of(KEY)).get("erased_at")).isNotNull();
        assertThat(database.column("SELECT CONCAT_WS(' ', who, action, object, changes) FROM audit"))
                .containsExactly(
                        "user anna do-not-call.put erased",
                        "user anna do-not-call.put +493023125022",
                        "Callout person.erase person " + KEY.hash("+493023125021")
                                + " {\"campaign_phones\":6,\"test_numbers\":1,\"call_attempts\":2,\"do_not_call\":1,"
                                + "\"do_not_call_entries\":1,\"hang_ups\":2,\"outcome_outbox\":1,\"audit\":1,\"list\":1}",
                        "Callout person.export person " + KEY.hash("+493023125021"));
        assertThat(database.column("SELECT hash FROM erased_telephones WHERE key_sum = '" + KEY.sum() + "'"))
                .contains(KEY.hash("+493023125021"), KEY.hash("03023125021"), KEY.hash("00493023125021"))
                .doesNotContain(KEY.hash("+493023125022"));
    }

    @Test
    void isShownAndErasedInAListThatWasPreparedBeforeNumbersHadVariables() throws Exception {
        database.run("ALTER TABLE list DROP COLUMN vars");

        assertThat(column(tables.export(person, DE, Optional.of(KEY)), "list", "number"))
                .containsExactly("030 2312 5021");
        assertThat(erasure.erase(person, DE, KEY).rows()).containsEntry("list", 1);
    }

    @Test
    void isErasedByASecondRunWhereTheFirstOneDied() throws Exception {
        database.run("CREATE TRIGGER dies BEFORE UPDATE ON call_attempts FOR EACH ROW SIGNAL SQLSTATE '45000'");
        assertThatThrownBy(() -> erasure.erase(person, DE, KEY)).isInstanceOf(SQLException.class);
        // From the first moment on, the person is not called.
        assertThat(database.column("SELECT COUNT(*) FROM erased_telephones")).isNotEqualTo(List.of("0"));
        database.run("DROP TRIGGER dies");

        erasure.erase(person, DE, KEY);
        assertThat(everything()).noneMatch(row -> row.replaceAll("[^0-9]", "").contains("23125021"));
        assertThat(erasure.erase(person, DE, KEY).rows().values()).allMatch(rows -> rows == 0);
    }

    @Test
    void isNotErasedByAKeyThatWouldHideOthersFromTheirs() throws Exception {
        erasure.erase(Person.of("+49 30 23125099", DE), DE, new EraseKey("another key of thirty-two letters"));
        List<String> before = everything();
        assertThatThrownBy(() -> erasure.erase(person, DE, KEY))
                .isInstanceOf(PersonRefusedException.class)
                .hasMessageContaining("another callout.erase-key");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void isNotErasedDuringACall() throws Exception {
        List<String> before = everything();
        for (String up : List.of(
                "UPDATE campaign_phones SET call_uuid = '" + CALL + "' WHERE i_campaign_phone = 2",
                "UPDATE list SET callout_uuid = '" + CALL + "' WHERE number = '030 2312 5021'",
                "UPDATE list SET in_use = 1 WHERE number = '030 2312 5021'")) {
            database.run(up);
            List<String> during = everything();
            assertThatThrownBy(() -> erasure.erase(person, DE, KEY))
                    .isInstanceOf(PersonRefusedException.class)
                    .hasMessageContaining("after the call");
            assertThat(everything()).isEqualTo(during);
            assertThat(database.column("SELECT COUNT(*) FROM erased_telephones"))
                    .containsExactly("0");
            database.run("UPDATE campaign_phones SET call_uuid = NULL");
            database.run("UPDATE list SET callout_uuid = NULL, in_use = 0");
        }
        assertThat(everything()).isEqualTo(before);
        // The row of a call was deleted. The end of the call will be recorded with the number.
        database.run("DELETE FROM campaign_phones WHERE i_campaign_phone = 1");
        database.run("DELETE FROM call_attempts WHERE call_uuid = '" + CALL + "'");
        assertThatThrownBy(() -> erasure.erase(person, DE, KEY)).isInstanceOf(PersonRefusedException.class);
    }

    @Test
    void isFoundInEachPortionOfALargeTable() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, CONCAT('030 4', seq) FROM"
                + " seq_100000_to_125000");
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '030 23 12 50 21')");
        assertThat(column(tables.export(person, DE, Optional.empty()), "campaign_phones", "cld"))
                .hasSize(7)
                .contains("030 23 12 50 21");
    }
}
