package dev.callout.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The options that table {@code options} may set. The environment takes precedence over the table, and the table over
 * the properties file. Section and option are compared exactly, in lower case, whatever the table's collation is.
 * Thread-safe.
 */
public final class TableOptions {

    private static final Logger LOG = LoggerFactory.getLogger(TableOptions.class);

    private static final String SECTION = "campaign";
    private static final Map<String, Option<?>> KNOWN =
            Map.of("sipproxy", CallOptions.SIP_PROXY, "scanintervalsec", Options.SCAN_INTERVAL);

    private final Supplier<Settings> settings;
    private final Set<String> reported = new HashSet<>();
    private volatile Map<String, String> given = Map.of();

    /** @param settings the present settings of environment and file */
    public TableOptions(Supplier<Settings> settings) {
        this.settings = settings;
    }

    /** Reads the rows that {@code sql/options.sql} returns. What is not used is reported once. */
    public synchronized void read(List<Map<String, Object>> rows) {
        Map<String, String> read = new HashMap<>();
        for (Map<String, Object> row : rows) {
            String section = String.valueOf(row.get("section"));
            String name = String.valueOf(row.get("option"));
            Object value = row.get("value");
            if (section.equals(SECTION) && KNOWN.containsKey(name)) {
                if (value != null && !value.toString().isBlank()) {
                    read.put(name, value.toString().strip());
                }
            } else if (reported.add(section + "\n" + name)) {
                LOG.warn(
                        "Table options, section '{}', option '{}': not used, {}",
                        section,
                        name,
                        section.equalsIgnoreCase(SECTION)
                                        && KNOWN.keySet().stream().anyMatch(name::equalsIgnoreCase)
                                ? "both must be written in lower case"
                                : "Callout has no such option");
            }
        }
        given = read;
    }

    /**
     * Returns {@code HOST[:PORT]} for campaigns without a gateway; null: none. A value from the table is not checked.
     */
    public String sipProxy() {
        return settings.get().inEnvironment().contains(CallOptions.SIP_PROXY.key()) || !given.containsKey("sipproxy")
                ? settings.get().calls().dial().sipProxy().orElse(null)
                : given.get("sipproxy");
    }

    /**
     * Returns the pause between two scans. If the table's value cannot be used, this is reported and the file's value
     * holds.
     */
    public Duration scanInterval() {
        String text = given.get("scanintervalsec");
        if (text == null || settings.get().inEnvironment().contains(Options.SCAN_INTERVAL.key())) {
            return settings.get().claims().scanInterval();
        }
        try {
            return Options.SCAN_INTERVAL.type().parse(text);
        } catch (IllegalArgumentException e) {
            report(text, e);
            return settings.get().claims().scanInterval();
        }
    }

    private synchronized void report(String text, IllegalArgumentException fault) {
        if (reported.add(text)) {
            LOG.warn("Table options, section 'campaign', option 'scanintervalsec': {}", fault.getMessage());
        }
    }
}
