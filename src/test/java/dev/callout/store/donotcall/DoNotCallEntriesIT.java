package dev.callout.store.donotcall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.telephone.Country;
import dev.callout.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoNotCallEntriesIT {

    private static final Country GERMANY = Country.of("DE");
    private static final Country AMERICA = Country.of("US");

    private TestDatabase database;
    private DoNotCallEntries entries;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.withTables();
        entries = new DoNotCallEntries(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void read(Register register, Country country) throws SQLException {
        DoNotCallEntries.Pass pass = entries.pass(register, country);
        boolean more = true;
        while (more) {
            more = pass.readSome();
        }
    }

    private List<String> telephones() throws SQLException {
        return database.column("SELECT CONCAT_WS(' = ', number, e164) FROM do_not_call ORDER BY number");
    }

    @Test
    void eachFormThatPeopleUseIsReadAndWhatIsNoTelephoneIsNotAskedForAgain() throws Exception {
        database.run(
                "INSERT INTO do_not_call (number) VALUES ('+44 (0)20 7946 0160'), ('12025550160.0'),"
                        + " ('2025550260'), ('(202) 555-0360'), ('01149 30 23125060'), ('sip-101'), (''), ('1-202-555-0560 x5')");

        read(Register.COMMON, AMERICA);

        assertThat(telephones())
                .containsExactlyInAnyOrder(
                        "",
                        "(202) 555-0360 = +12025550360",
                        "+44 (0)20 7946 0160 = +442079460160",
                        "01149 30 23125060 = +493023125060",
                        "1-202-555-0560 x5",
                        "12025550160.0 = +12025550160",
                        "2025550260 = +12025550260",
                        "sip-101");
        assertThat(entries.isRead(Register.COMMON, AMERICA)).isTrue();
        assertThat(entries.count(Register.COMMON, AMERICA)).isEqualTo(new DoNotCallEntries.Count(8, 0));
    }

    @Test
    void whatIsEditedOrReadByAnotherCountryIsReadAgain() throws Exception {
        database.run("INSERT INTO do_not_call (number) VALUES ('030 23125060'), ('030 23125061')");
        read(Register.COMMON, GERMANY);
        database.run("UPDATE do_not_call SET number = '030 23125062' WHERE number = '030 23125061'");

        assertThat(entries.count(Register.COMMON, GERMANY)).isEqualTo(new DoNotCallEntries.Count(2, 1));
        read(Register.COMMON, GERMANY);
        assertThat(telephones()).containsExactly("030 23125060 = +493023125060", "030 23125062 = +493023125062");

        assertThat(entries.isRead(Register.COMMON, AMERICA)).isFalse();
        read(Register.COMMON, AMERICA);
        assertThat(telephones()).containsExactly("030 23125060", "030 23125062");
    }

    @Test
    void aNodeReadsNoEntryThatAnotherOneIsReadingButKnowsThatItIsNotRead() throws Exception {
        database.run("INSERT INTO do_not_call (number) SELECT CONCAT('030 231', 20000 + seq) FROM seq_1_to_2500");
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .executeQuery("SELECT number FROM do_not_call WHERE number = '030 23120007' FOR UPDATE");

            read(Register.COMMON, GERMANY);

            assertThat(entries.count(Register.COMMON, GERMANY)).isEqualTo(new DoNotCallEntries.Count(2500, 1));
            assertThat(entries.isRead(Register.COMMON, GERMANY)).isFalse();
            other.rollback();
        }
        read(Register.COMMON, GERMANY);
        assertThat(entries.isRead(Register.COMMON, GERMANY)).isTrue();
    }

    @Test
    void eachFurtherListIsReadByItself() throws Exception {
        database.run(
                "INSERT INTO do_not_call_lists (name, country) VALUES ('ours', NULL), ('ftc', 'US'), (NULL, 'US')");
        database.run("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as)"
                + " SELECT i_do_not_call_list, '2025550101' FROM do_not_call_lists");

        assertThat(entries.registers())
                .containsExactly(Register.COMMON, new Register(1, "ours", null), new Register(2, "ftc", "US"));
        read(new Register(2, "ftc", "US"), AMERICA);

        assertThat(entries.isRead(new Register(1, "ours", null), GERMANY)).isFalse();
        assertThat(database.column("SELECT e164 FROM do_not_call_entries WHERE e164 IS NOT NULL"))
                .containsExactly("+12025550101");
    }
}
