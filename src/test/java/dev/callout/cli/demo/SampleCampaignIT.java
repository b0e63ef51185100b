package dev.callout.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.cli.DataSources;
import dev.callout.settings.Settings;
import dev.callout.testbed.FreshDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleCampaignIT {

    private static final int JUDGED_TOGETHER = 20;

    /** Else their calls, and those made again after them, let the gateway rest, and the demo stands still. */
    @Test
    void numbersThatFailAtOnceDoNotStandTogether() throws Exception {
        Settings settings =
                Settings.load(null, Map.of("CALLOUT_DB_URL", FreshDatabase.create(), "CALLOUT_DB_USER", "root"));
        try (HikariDataSource dataSource = DataSources.open(settings.database())) {
            List<Boolean> failing = SampleCampaign.create(dataSource).numbers().stream()
                    .map(number -> number.cld().matches(".*(8[0-37-9]|9[0-5])"))
                    .toList();
            assertThat(failing).hasSize(200).filteredOn(fails -> fails).hasSize(26);
            for (int i = 0; i + JUDGED_TOGETHER <= failing.size(); i++) {
                assertThat(failing.subList(i, i + JUDGED_TOGETHER).stream()
                                .filter(fails -> fails)
                                .count())
                        .as("from the number at %d", i)
                        .isLessThan(8);
            }
        }
    }
}
