package dev.callout.check;

import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Checks everything that dialling needs: settings, database, clocks, campaigns, switches and gateways. Changes nothing.
 */
public final class Inspection {

    private final Settings settings;
    private final DataSource dataSource;
    private final InstantSource machine;

    /** @param dataSource the callout database; it need not be reachable */
    public Inspection(Settings settings, DataSource dataSource) {
        this(settings, dataSource, InstantSource.system());
    }

    /** The same with a clock other than this machine's. */
    Inspection(Settings settings, DataSource dataSource, InstantSource machine) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.machine = machine;
    }

    /** Returns the findings if the settings cannot be used. Nothing else can be checked then. */
    public static List<Finding> of(SettingsException wrong) {
        return wrong.problems().stream()
                .map(problem ->
                        Finding.fail("settings", problem.toString(), "correct it; docs/settings.md lists all settings"))
                .toList();
    }

    /** Returns all findings, in the order of the checks. Takes at most ten seconds, unless the database is slow. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (settings.warnings().isEmpty()) {
            findings.add(Finding.ok("settings", "all are valid"));
        }
        settings.warnings().forEach(warning -> findings.add(Finding.warn("settings", warning, "")));
        DatabaseInspection database = new DatabaseInspection(settings, dataSource, machine);
        findings.addAll(database.findings());
        try (SwitchInspection switches =
                new SwitchInspection(settings, database.dialable(), database.waysOut(), database.nodes(), machine)) {
            findings.addAll(switches.findings());
        }
        return findings;
    }
}
