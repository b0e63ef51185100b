package dev.callout.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.campaign.telephone.Country;
import dev.callout.check.Finding;
import dev.callout.check.Inspection;
import dev.callout.check.RouteInspection;
import dev.callout.check.SecretFile;
import dev.callout.check.TelephoneInspection;
import dev.callout.cli.access.SettingsFile;
import dev.callout.cli.output.Printout;
import dev.callout.cli.output.QuietLog;
import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks whether everything that dialling needs is as it should be. */
@Command(
        name = "check",
        description =
                "Checks settings, database, clocks, switches and gateways, and shows how to correct what is wrong."
                        + " Changes nothing. The dialler may run or not.",
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:nothing prevents calls", "1:something prevents calls"})
final class CheckCommand implements Callable<Integer> {

    @Mixin
    SettingsFile config;

    @Option(
            names = "--json",
            description = "print an array of findings: result (OK, WARN or FAIL), subject, text, remedy")
    boolean json;

    @Option(
            names = "--country",
            paramLabel = "CODE",
            description = "also read all numbers as telephones of this country, such as DE, and show what that makes of"
                    + " each campaign: a trial before callout.country is set")
    String country;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Optional<Country> trial = country();
        List<Finding> findings = QuietLog.during(() -> findings(trial));
        Printout out = Printout.of(spec);
        if (json) {
            out.json(findings);
        } else {
            findings.forEach(out::println);
        }
        out.flush();
        return findings.stream().anyMatch(finding -> finding.result() == Finding.Result.FAIL) ? 1 : 0;
    }

    private Optional<Country> country() {
        try {
            return Optional.ofNullable(country).map(Country::of);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--country " + e.getMessage(), e);
        }
    }

    private List<Finding> findings(Optional<Country> trial) {
        Settings settings;
        try {
            settings = config.load();
        } catch (SettingsException e) {
            return Inspection.of(e);
        }
        List<Finding> findings = new ArrayList<>(SecretFile.findings(config.path()));
        settings.routes()
                .ifPresent(folder -> findings.addAll(
                        RouteInspection.findings(new DefaultCamelContext(), folder, settings.camelProperties())));
        try (HikariDataSource dataSource = DataSources.openPatiently(settings.database())) {
            findings.addAll(new Inspection(settings, dataSource).findings());
            trial.ifPresent(its -> findings.addAll(new TelephoneInspection(settings, dataSource, its).findings()));
        }
        return findings;
    }
}
