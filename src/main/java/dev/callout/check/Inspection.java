package dev.callout.check;

import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Looks at everything that dialling needs: settings, database, clocks, campaigns, switches and gateways. Changes nothing. */
public final class Inspection {

    private final Settings settings;
    private final DataSource dataSource;
    private final InstantSource machine;

    /**
     * @param dataSource the callout database; need not answer
     */
    public Inspection(Settings settings, DataSource dataSource) {
        this(settings, dataSource, InstantSource.system());
    }

    /** The same with another clock than this machine's. */
    Inspection(Settings settings, DataSource dataSource, InstantSource machine) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.machine = machine;
    }

    /** What there is to tell if the settings cannot be used: nothing else can be looked at then. */
    public static List<Finding> of(SettingsException wrong) {
        return wrong.problems().stream()
                .map(problem ->
                        Finding.fail("settings", problem.toString(), "mend it; docs/settings.md has all settings"))
                .toList();
    }

    /** Everything found, in the order of looking. Takes ten seconds at most, unless the database is slow. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (settings.warnings().isEmpty()) {
            findings.add(Finding.ok("settings", "all can be used"));
        }
        settings.warnings().forEach(warning -> findings.add(Finding.warn("settings", warning, "")));
        DatabaseInspection database = new DatabaseInspection(settings, dataSource, machine);
        findings.addAll(database.findings());
        try (SwitchInspection switches =
                new SwitchInspection(settings, database.dialable(), database.nodes(), machine)) {
            findings.addAll(switches.findings());
        }
        return findings;
    }
}
