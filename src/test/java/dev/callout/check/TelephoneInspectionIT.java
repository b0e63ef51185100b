package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.campaign.telephone.Country;
import dev.callout.check.Finding.Result;
import dev.callout.cli.DataSources;
import dev.callout.settings.Settings;
import dev.callout.store.schema.Schema;
import dev.callout.testbed.FreshDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TelephoneInspectionIT {

    private static void execute(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Test
    void aTrialOfACountryTellsWhatItWouldMakeOfTheNumbersOfEachCampaign() throws Exception {
        Settings settings =
                Settings.load(null, Map.of("CALLOUT_DB_URL", FreshDatabase.create(), "CALLOUT_DB_USER", "root"));
        try (HikariDataSource dataSource = DataSources.open(settings.database())) {
            new Schema(dataSource).create();
            execute(
                    dataSource,
                    "CREATE TABLE my_list (number VARCHAR(64))",
                    "INSERT INTO my_list VALUES ('030 23125021'), (NULL)",
                    "INSERT INTO campaigns (i_campaign, name, country, destination_list, do_not_call_lists) VALUES"
                            + " (1, 'spring', NULL, NULL, 'other, ours'), (2, 'pbx', 'none', NULL, NULL),"
                            + " (3, 'list', NULL, 'my_list', NULL), (4, 'british', 'gb', NULL, NULL)",
                    "INSERT INTO do_not_call_lists (i_do_not_call_list, name, loaded_at) VALUES (1, 'ours', NOW()),"
                            + " (2, 'other', NOW())",
                    "INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, e164)"
                            + " VALUES (1, '030 23125023', '+493023125023')",
                    "INSERT INTO do_not_call (number) VALUES ('0049 30 23125022'), ('alice')",
                    "INSERT INTO campaign_phones (i_campaign, cld, finished) VALUES (1, '030 23125021', 0),"
                            + " (1, '+49 30 23125021', 0), (1, '493023125022', 0), (1, '030 23125023', 0),"
                            + " (1, '+49 1200 1234567', 0), (1, '030 23125029', 1), (1, '4961234567', 0), (1, '112', 0),"
                            + " (1, 'n1', 0), (1, 'n2', 0), (1, 'n3', 0), (1, 'n4', 0), (1, 'n5', 0), (1, 'n6', 0),"
                            + " (2, '1001', 0), (4, '020 7946 0018', 0)");

            List<Finding> findings = new TelephoneInspection(settings, dataSource, Country.of("DE")).findings();

            assertThat(findings)
                    .extracting(Finding::result)
                    .containsExactly(Result.WARN, Result.OK, Result.WARN, Result.OK);
            assertThat(findings.get(0).text())
                    .isEqualTo("5 telephones in DE, 6 not numbers ('n1', 'n2', 'n3', 'n4', 'n5', …),"
                            + " 1 ambiguous ('4961234567'), 1 never dialled ('112'), 1 duplicates,"
                            + " 2 on do-not-call lists, 1 that libphonenumber does not know");
            assertThat(findings.get(1).text()).contains("country is none");
            assertThat(findings.get(2).text()).startsWith("1 telephones in DE, 1 not numbers ('')");
            assertThat(findings.get(3).text()).startsWith("1 telephones in GB, 0 duplicates");
        }
    }
}
