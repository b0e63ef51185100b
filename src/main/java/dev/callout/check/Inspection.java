package dev.callout.check;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.callout.dialler.RouteFiles;
import dev.callout.settings.Settings;
import dev.callout.settings.SettingsException;

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
                .map(problem -> Finding.fail("settings", problem.toString(), "mend it; docs/settings.md has all settings")).toList();
    }

    private List<Finding> routes(Path folder) {
        try {
            List<String> warnings = RouteFiles.warnings(folder, settings.camelProperties());
            return warnings.isEmpty() ? List.of(Finding.ok("routes", "all files of " + folder + " can be loaded"))
                    : warnings.stream().map(warning -> Finding.warn("routes", warning, "see docs/routes.md")).toList();
        } catch (Exception e) {
            String text = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause).map(Throwable::getMessage)
                    .filter(Objects::nonNull).reduce((whole, more) -> whole.contains(more) ? whole : whole + ": " + more)
                    .orElse(e.toString());
            return List.of(Finding.fail("routes", text, "mend the file; docs/routes.md has examples"));
        }
    }

    /** Everything found, in the order of looking. Takes ten seconds at most, unless the database is slow. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (settings.warnings().isEmpty()) {
            findings.add(Finding.ok("settings", "all can be used"));
        }
        settings.warnings().forEach(warning -> findings.add(Finding.warn("settings", warning, "")));
        settings.routes().ifPresent(folder -> findings.addAll(routes(folder)));
        DatabaseInspection database = new DatabaseInspection(settings, dataSource, machine);
        findings.addAll(database.findings());
        try (SwitchInspection switches = new SwitchInspection(settings, database.dialable(), database.nodes(), machine)) {
            findings.addAll(switches.findings());
        }
        return findings;
    }
}
