package dev.callout.dialler.campaigns;

import dev.callout.settings.file.DialerCampaign;
import dev.callout.settings.file.DialerXml;
import dev.callout.settings.file.Problem;
import dev.callout.settings.file.SettingsException;
import dev.callout.store.CampaignImport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports the campaigns of mod_dialer's {@code dialer.conf.xml} into table {@code campaigns}, and reports the
 * consequences.
 */
public final class DialerXmlImport {

    private static final Logger LOG = LoggerFactory.getLogger(DialerXmlImport.class);

    /** The class of the SQL states for a faulty value. Trying again would not help. */
    private static final String DATA = "22";

    private final Supplier<Path> file;
    private final CampaignImport campaigns;
    private Path done;

    /**
     * @param file       the file to import
     * @param dataSource the callout database
     */
    public DialerXmlImport(Path file, DataSource dataSource) {
        this(() -> file, dataSource);
    }

    /**
     * @param file       gives the file to import, which may change; null: there is none
     * @param dataSource the callout database
     */
    public DialerXmlImport(Supplier<Path> file, DataSource dataSource) {
        this.file = file;
        this.campaigns = new CampaignImport(dataSource);
    }

    /**
     * Imports each file once in this object's life, and logs the report. If a file cannot be read, this is logged, and
     * the campaigns stay as they are.
     *
     * @throws SQLException if the database does not answer; the caller must then try again
     */
    public synchronized void once() throws SQLException {
        Path given = file.get();
        if (given == null || given.equals(done)) {
            return;
        }
        try {
            run(given).forEach(line -> LOG.info("{}", line));
        } catch (SettingsException e) {
            LOG.error("Nothing was imported: {}", e.getMessage());
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith(DATA)) {
                throw e;
            }
            LOG.error(
                    "The import of {} stopped at a value that table campaigns does not accept: {}",
                    given,
                    e.getMessage());
        }
        done = given;
    }

    /**
     * Imports the file. Can be repeated.
     *
     * @return the migration report, line by line
     * @throws SettingsException if the file cannot be read; nothing was imported
     */
    public List<String> run() throws SettingsException, SQLException {
        return run(file.get());
    }

    private List<String> run(Path file) throws SettingsException, SQLException {
        DialerXml xml = DialerXml.read(file);
        List<String> written = new ArrayList<>();
        for (DialerCampaign campaign : xml.campaigns()) {
            String problem = campaign.problems().isEmpty()
                    ? null
                    : campaign.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
            written.add(sentence(campaign, campaigns.write(campaign.name(), campaign.columns(), problem)));
        }
        List<String> report = new ArrayList<>();
        report.add("Migration report for " + file);
        List<DialerCampaign> sound = xml.campaigns().stream()
                .filter(each -> each.problems().isEmpty())
                .toList();
        list(report, "What mod_dialer did not do, and Callout does:", sentences(sound, DialerCampaign::nowHappens));
        list(
                report,
                "What else mod_dialer ignored or did wrong, and Callout obeys:",
                sentences(sound, DialerCampaign::nowObeyed));
        list(
                report,
                "Not dialled until this is corrected:",
                xml.campaigns().stream().flatMap(each -> each.problems().stream()));
        list(report, "Not used:", xml.warnings().stream());
        list(report, "Written:", written.stream());
        return report;
    }

    private static String sentence(DialerCampaign campaign, CampaignImport.Result result) {
        StringBuilder sentence =
                new StringBuilder("campaign " + campaign.name() + " (i_campaign " + result.row() + "): ");
        if (result.first()) {
            sentence.append("imported, paused until it is started");
        } else if (result.changed().isEmpty()) {
            sentence.append("nothing has changed in the file");
        } else {
            sentence.append("changed in the file, and now in the table: ").append(String.join(", ", result.changed()));
        }
        if (!result.kept().isEmpty()) {
            sentence.append("; edited in the table, and kept: ").append(String.join(", ", result.kept()));
        }
        if (!result.others().isEmpty()) {
            sentence.append("; left alone, though of the same name: i_campaign ")
                    .append(result.others().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return sentence.toString();
    }

    private static Stream<String> sentences(
            List<DialerCampaign> campaigns, Function<DialerCampaign, List<String>> sentences) {
        return campaigns.stream().flatMap(campaign -> sentences.apply(campaign).stream()
                .map(each -> "campaign " + campaign.name() + ": " + each));
    }

    private static void list(List<String> report, String title, Stream<?> lines) {
        List<String> indented = lines.map(line -> "  " + line).toList();
        if (!indented.isEmpty()) {
            report.add(title);
            report.addAll(indented);
        }
    }
}
