package dev.callout.settings.file;

import dev.callout.campaign.CallDuration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * mod_dialer's {@code dialer.conf.xml}.
 *
 * @param file      where it was read from
 * @param campaigns in the order of the file; names are distinct
 * @param warnings  what is not used, with its line; no value of {@code <settings>}, which hold the ODBC password
 */
public record DialerXml(Path file, List<DialerCampaign> campaigns, List<Problem> warnings) {

    public DialerXml {
        campaigns = List.copyOf(campaigns);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file. A wrong value is a problem of its campaign only. Nothing outside the file is read, whatever the
     * file declares.
     *
     * @throws SettingsException if the file cannot be read, is no XML, has a DOCTYPE or holds no campaigns
     */
    public static DialerXml read(Path file) throws SettingsException {
        return new Parser(file).read();
    }

    /** Returns the tables that the campaigns dial from, each once. */
    public Set<String> destinationLists() {
        return campaigns.stream()
                .map(campaign -> campaign.columns().get(DialerParameter.DESTINATION_LIST.column()))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A text in the file, and the line it ends in. */
    private record Given(String name, String text, int line) {}

    private static final class Parser {

        private final Path file;
        private final List<Problem> warnings = new ArrayList<>();
        private final List<DialerCampaign> campaigns = new ArrayList<>();
        private boolean anyCampaigns;

        Parser(Path file) {
            this.file = file;
        }

        DialerXml read() throws SettingsException {
            try (InputStream in = Files.newInputStream(file)) {
                XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
                factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
                factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
                factory.setProperty(XMLInputFactory.IS_COALESCING, true);
                XMLStreamReader xml = factory.createXMLStreamReader(in);
                try {
                    document(xml);
                } finally {
                    xml.close();
                }
            } catch (NoSuchFileException e) {
                throw refused(0, "there is no such file");
            } catch (IOException e) {
                throw refused(0, "cannot be read: " + e);
            } catch (XMLStreamException e) {
                int line = e.getLocation() == null
                        ? 0
                        : Math.max(0, e.getLocation().getLineNumber());
                throw refused(
                        line,
                        "is not XML: "
                                + e.getMessage()
                                        .replaceAll("(?s).*Message: ", "")
                                        .lines()
                                        .findFirst()
                                        .orElse(""));
            }
            if (!anyCampaigns) {
                throw refused(0, "has no <campaigns>: is it mod_dialer's dialer.conf.xml?");
            }
            return new DialerXml(file, campaigns, warnings);
        }

        private void document(XMLStreamReader xml) throws XMLStreamException, SettingsException {
            boolean inSettings = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw refused(line(xml), "a DOCTYPE and entities of its own are not accepted: remove them");
                }
                if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("settings")) {
                    inSettings = false;
                }
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "configuration" -> {}
                    case "settings" -> inSettings = true;
                    case "campaigns" -> anyCampaigns = true;
                    case "campaign" -> campaign(xml);
                    case "param" ->
                        warn(
                                line(xml),
                                attribute(xml, "name"),
                                inSettings
                                        ? "is not used: the database is that of callout.db.url"
                                        : "is in no campaign and is not used");
                    default -> warn(line(xml), null, "<" + xml.getLocalName() + "> is not known and not used");
                }
            }
        }

        private void campaign(XMLStreamReader xml) throws XMLStreamException, SettingsException {
            int line = line(xml);
            String name = attribute(xml, "name");
            Map<DialerParameter, Given> given = new EnumMap<>(DialerParameter.class);
            int depth = 1;
            while (depth > 0) {
                int event = xml.next();
                if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw refused(line(xml), "entities of its own are not accepted: remove them");
                }
                depth += event == XMLStreamConstants.START_ELEMENT
                        ? 1
                        : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (xml.getLocalName().equals("param")) {
                        parameter(xml, given);
                    } else {
                        warn(line(xml), null, "<" + xml.getLocalName() + "> is not known and not used");
                    }
                }
            }
            if (name == null || name.isBlank() || name.strip().length() > 128) {
                warn(line, "campaign", "has no name of 1 to 128 characters and is not used");
            } else if (campaigns.stream().anyMatch(each -> each.name().equals(name.strip()))) {
                warn(line, "campaign " + name.strip(), "is in the file already: this second one is not used");
            } else {
                campaigns.add(campaignOf(name.strip(), given));
            }
        }

        private void parameter(XMLStreamReader xml, Map<DialerParameter, Given> given) {
            String name = attribute(xml, "name");
            String text = attribute(xml, "value");
            Optional<DialerParameter> parameter = name == null ? Optional.empty() : DialerParameter.named(name);
            if (parameter.isEmpty()) {
                warnings.add(new Problem(
                        file.toString(),
                        line(xml),
                        name,
                        "there is no such parameter; it is not used",
                        name == null ? null : Problem.nearest(name, DialerParameter.allNames())));
            } else if (text == null) {
                warn(line(xml), name, "has no value, so it counts as absent");
            } else if (given.put(parameter.get(), new Given(name, text, line(xml))) != null) {
                warn(line(xml), name, "is set again: the last one counts, as in mod_dialer");
            }
        }

        private DialerCampaign campaignOf(String name, Map<DialerParameter, Given> given) {
            Map<String, String> columns = new LinkedHashMap<>();
            List<Problem> problems = new ArrayList<>();
            for (DialerParameter parameter : DialerParameter.values()) {
                Given one = given.get(parameter);
                try {
                    columns.put(parameter.column(), one == null ? parameter.whenAbsent() : parameter.read(one.text()));
                } catch (IllegalArgumentException e) {
                    problems.add(problem(one, e.getMessage()));
                }
            }
            if (!given.containsKey(DialerParameter.TRANSFER)
                    && given.containsKey(DialerParameter.ACTION)
                    && columns.get(DialerParameter.ACTION.column()) != null) {
                // Without this, the default of transfer_on_answer would take precedence over the action in the file.
                columns.put(DialerParameter.TRANSFER.column(), null);
            }
            columns.put("threshold_msec", "0");
            if (problems.isEmpty()) {
                contradictions(given, columns, problems);
            }
            Set<String> stated =
                    given.keySet().stream().map(DialerParameter::column).collect(Collectors.toCollection(HashSet::new));
            return new DialerCampaign(name, columns, stated, problems);
        }

        /** Adds problems of values that are valid by themselves but not together. */
        private void contradictions(
                Map<DialerParameter, Given> given, Map<String, String> columns, List<Problem> problems) {
            CallDuration duration = new CallDuration(
                    !"0".equals(columns.get(DialerParameter.GAUSSIAN.column())),
                    Double.parseDouble(columns.get(DialerParameter.MEAN.column())),
                    Double.parseDouble(columns.get(DialerParameter.DEVIATION.column())),
                    Integer.parseInt(columns.get(DialerParameter.MIN_DURATION.column())),
                    Integer.parseInt(columns.get(DialerParameter.MAX_DURATION.column())));
            for (String what : duration.problems()) {
                DialerParameter first =
                        List.of(DialerParameter.MEAN, DialerParameter.DEVIATION, DialerParameter.MIN_DURATION).stream()
                                .filter(each -> what.startsWith(each.column()))
                                .findFirst()
                                .orElse(DialerParameter.MAX_DURATION);
                problems.add(problem(given.get(first), what));
            }
            if ("0".equals(columns.get(DialerParameter.FINISH_ON.column()))
                    && "0".equals(columns.get(DialerParameter.TIME_BETWEEN_RETRIES.column()))) {
                problems.add(
                        problem(
                                given.get(DialerParameter.FINISH_ON),
                                "is 0, and so is time_between_retries: finished numbers would be called again without a pause"));
            }
        }

        private Problem problem(Given given, String what) {
            return given == null
                    ? new Problem(file.toString(), 0, null, what, null)
                    : new Problem(file.toString(), given.line(), given.name(), what, null);
        }

        private void warn(int line, String key, String what) {
            warnings.add(new Problem(file.toString(), line, key, what, null));
        }

        private SettingsException refused(int line, String what) {
            return new SettingsException(List.of(new Problem(file.toString(), line, null, what, null)));
        }

        private static String attribute(XMLStreamReader xml, String name) {
            return xml.getAttributeValue(null, name);
        }

        private static int line(XMLStreamReader xml) {
            return Math.max(0, xml.getLocation().getLineNumber());
        }
    }
}
