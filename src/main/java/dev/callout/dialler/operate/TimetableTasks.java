package dev.callout.dialler.operate;

import dev.callout.dialler.node.Lease;
import dev.callout.store.DatabaseWords;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.component.seda.SedaEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Used by the routes of {@code timetable.camel.yaml} for the rows of {@code timetable_tasks}: what is left to do for
 * rows that have been won, by whichever node. Thread-safe.
 */
public final class TimetableTasks {

    /** The queue on which reports are offered to users' routes. */
    private static final String REPORTS = "seda:reports?multipleConsumers=true&size=100&discardWhenFull=true";

    private static final Logger LOG = LoggerFactory.getLogger(TimetableTasks.class);

    private final CamelContext camelContext;
    private final Lease lease;
    /** The tasks for which a failure has been logged. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param lease the lease whose incarnation owns the tasks that this node does */
    public TimetableTasks(CamelContext camelContext, Lease lease) {
        this.camelContext = camelContext;
        this.lease = lease;
    }

    /** The tasks that {@code timetable/tasks.sql} has read, for this node to do. */
    public List<Map<String, Object>> left(@Body List<Map<String, Object>> rows) {
        rows.forEach(row -> row.put("owner", lease.incarnation()));
        told.retainAll(rows.stream().map(TimetableTasks::describe).toList());
        return rows;
    }

    /** A campaign has been stopped or paused, by this node or another. */
    public void done(@Body Map<String, Object> task) {
        if (told.remove(describe(task))) {
            LOG.info("Timetable, {}: done", describe(task));
        }
    }

    /** Another connection holds the campaign's row. Logged once. */
    public void held(@Body Map<String, Object> task) {
        if (told.add(describe(task))) {
            LOG.warn(
                    "Timetable, {}: another connection has locked the campaign's row; tried again every second",
                    describe(task));
        }
    }

    /** The task has failed in another way. Logged once, and tried again like the other tasks that are left. */
    public void failed(Exchange exchange, @Body Map<String, Object> task) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (told.add(describe(task))) {
            LOG.warn("Timetable, {}: failed; tried again every second: {}", describe(task), DatabaseWords.of(fault));
        }
        LOG.debug("A task of table timetables failed", fault);
    }

    private static String describe(Map<String, Object> task) {
        return title(task) + ", " + task.get("action") + " of " + instant((BigDecimal) task.get("scheduled"));
    }

    private static String title(Map<String, Object> task) {
        Object name = task.get("name") == null ? "row " + task.get("timetable") : task.get("name");
        Object campaign = task.get("campaign_name") == null ? task.get("campaign") : task.get("campaign_name");
        return name + (campaign == null ? "" : " of campaign " + campaign);
    }

    /** The content of a report; null if no route reads reports. */
    public Map<String, Object> report(
            @Body Map<String, Object> task, @Header("outcomes") List<Map<String, Object>> outcomes) {
        if (!camelContext
                .getEndpoint(REPORTS, SedaEndpoint.class)
                .getQueueReference()
                .hasConsumers()) {
            LOG.warn("Timetable, {}: no route reads seda:reports, so nobody gets this report", title(task));
            return null;
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("timetable", task.get("timetable"));
        report.put("name", task.get("name"));
        report.put("campaign", task.get("campaign"));
        report.put("from", instant((BigDecimal) task.get("since")));
        report.put("to", instant((BigDecimal) task.get("scheduled")));
        report.put("outcomes", outcomes);
        return report;
    }

    private static String instant(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValueExact()).toString();
    }
}
