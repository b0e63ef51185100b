package dev.callout.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.cli.access.SettingsFile;
import dev.callout.cli.output.Printout;
import dev.callout.dialler.campaigns.DialerXmlImport;
import dev.callout.settings.Settings;
import dev.callout.settings.file.DialerXml;
import dev.callout.store.audit.Actor;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.schema.Schema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Migrates an installation of mod_dialer. */
@Command(
        name = "migrate",
        description =
                "Imports the campaigns of mod_dialer's dialer.conf.xml into table campaigns, paused, and reports where"
                        + " they will differ from mod_dialer. If repeated, it changes only what has changed in the file.")
final class MigrateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "mod_dialer's dialer.conf.xml")
    Path file;

    @Mixin
    SettingsFile config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Settings settings = config.load();
        Printout out = Printout.of(spec);
        try (HikariDataSource dataSource = DataSources.open(settings.database())) {
            new Schema(dataSource).create();
            Actor actor = new Actor("callout migrate by " + System.getProperty("user.name"), null);
            Actor.<List<String>, Exception>as(actor, new DialerXmlImport(file, dataSource)::run)
                    .forEach(out::println);
            for (String list : DialerXml.read(file).destinationLists()) {
                out.println("Table " + list + prepared(dataSource, list));
            }
        }
        out.flush();
        return 0;
    }

    /** Creates or alters a list, and returns what was done. */
    private static String prepared(DataSource dataSource, String list) throws SQLException {
        ListSchema.Need need = ListSchema.need(dataSource, list, true);
        if (need.unfit() != null) {
            return " was left alone: " + need.unfit();
        }
        new ListSchema(dataSource, list).prepare();
        return need.statements().isEmpty() ? " is ready" : need.missing() ? " was created" : " was altered";
    }
}
