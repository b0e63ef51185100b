package dev.callout.dialler.operate;

import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.stop.StopAll;
import dev.callout.lifecycle.Routes;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
import dev.callout.store.stop.Stop;
import dev.callout.timetable.Action;
import dev.callout.timetable.Firing;
import dev.callout.timetable.TimetableRow;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Used by the routes of {@code timetable.camel.yaml}: which rows are due, and whether they may be carried out. */
public final class Timetable {

    /** The period that a row's first report covers. */
    private static final Duration FIRST_REPORT = Duration.ofDays(1);

    /** Quartz triggers a look every minute. */
    private static final Duration SILENCE = Duration.ofSeconds(110);

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);

    private final CamelContext camelContext;
    private final CampaignControl control;
    private final CalloutTables tables;
    private final Supplier<ZoneId> defaultZone;
    private final DatabaseClock clock;
    private final Routes routes;
    private final StopAll stopAll;
    /** When the rows were last looked at, by the steady clock. */
    private volatile Instant lookedAt;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param defaultZone gives {@code callout.timezone}; null if it is not set */
    public Timetable(
            CamelContext camelContext,
            CampaignControl control,
            CalloutTables tables,
            Routes routes,
            StopAll stopAll,
            Supplier<ZoneId> defaultZone,
            DatabaseClock clock) {
        this.camelContext = camelContext;
        this.control = control;
        this.tables = tables;
        this.routes = routes;
        this.stopAll = stopAll;
        this.lookedAt = clock.steady().instant();
        this.defaultZone = defaultZone;
        this.clock = clock;
    }

    /**
     * Whether the rows have not been looked at in time although the route runs. Quartz, which triggers it, waits for a
     * wall clock.
     */
    public boolean isSilent() {
        return routes.isStarted("timetable") && clock.steady().instant().isAfter(lookedAt.plus(SILENCE));
    }

    /**
     * Those of the rows read by {@code timetable/rows.sql} that are due, in the order of their instants. So a missed
     * stop comes before a start that is due now. A wrong row is logged once, and does not stop the others. While the
     * context is suspended, no dialling is started here; another node does that meanwhile.
     */
    public List<Map<String, Object>> due(@Body List<Map<String, Object>> rows) {
        lookedAt = clock.steady().instant();
        Instant now = clock.now();
        List<Firing> due = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Map<String, Object> each : rows) {
            try {
                TimetableRow row = new TimetableRow(each, defaultZone.get());
                problems.addAll(row.problems());
                row.due(now)
                        .filter(firing -> !row.action().dials() || !isSuspended())
                        .ifPresent(due::add);
            } catch (RuntimeException e) {
                problems.add("table timetables, row " + each.get("i_timetable") + ": " + e);
                LOG.debug("A row of timetables cannot be read", e);
            }
        }
        problems.stream()
                .filter(told::add)
                .forEach(problem -> LOG.warn("{}; this row does nothing until it is corrected", problem));
        told.retainAll(problems);
        return due.stream()
                .sorted(Comparator.comparing(Firing::scheduled))
                .map(Timetable::body)
                .toList();
    }

    private boolean isSuspended() {
        return camelContext.isSuspending() || camelContext.isSuspended();
    }

    /** The values that the routes' statements and conditions use, by name. */
    private static Map<String, Object> body(Firing firing) {
        TimetableRow row = firing.row();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("firing", firing);
        body.put("timetable", row.id());
        body.put("campaign", row.campaign());
        body.put("action", row.action().word());
        body.put("scheduled", seconds(firing.scheduled()));
        body.put("since", seconds(row.lastFired() == null ? firing.scheduled().minus(FIRST_REPORT) : row.lastFired()));
        body.put("days", row.days());
        body.put("reopen", row.action() == Action.START ? row.reopen() : "none");
        body.put("result", firing.result());
        body.put("done", firing.isDone());
        body.put("dials", row.action().dials());
        return body;
    }

    private static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }

    /**
     * Checks once more a row whose action makes calls: whether everything is stopped, and whether the last run of its
     * campaign is over, or only paused.
     */
    public Map<String, Object> look(@Body Map<String, Object> body) throws SQLException {
        Firing firing = (Firing) body.get("firing");
        if (!firing.isDone() || !firing.row().action().dials()) {
            return body;
        }
        Optional<String> stopped = stopAll.stop().map(Stop::toString);
        if (stopped.isPresent()) {
            return body(firing.instead("skipped: " + stopped.get()));
        }
        Map<String, Object> row = control.row(firing.row().campaign()).orElse(null);
        if (row == null) {
            return body(firing.instead("skipped: the campaign no longer exists"));
        }
        CampaignRow campaign = new CampaignRow(row, new CampaignDefaults(defaultZone.get(), null));
        String reason = reasonToSkip(firing.row().action(), campaign);
        Map<String, Object> looked = body(reason == null ? firing : firing.instead("skipped: " + reason));
        looked.put("list", campaign.campaign().destinationList());
        return looked;
    }

    /** Returns null if there is none. */
    private static String reasonToSkip(Action action, CampaignRow row) {
        boolean over = row.runEnded() != null;
        if (action == Action.RESUME) {
            return over ? "its run has ended; a start begins the next one" : null;
        }
        if (over || !row.hasOpen() || row.campaign().paused() && row.runStarted() == null) {
            return null;
        }
        return row.campaign().paused()
                ? "its last run is paused, not over: resume it or stop it"
                : "its last run has not ended";
    }

    /** The statement that reopens the numbers of a campaign's list; null if they are in {@code campaign_phones}. */
    public String reopening(@Body Map<String, Object> body) {
        return tables.reopening((String) body.get("list"));
    }

    /** Logs the result of a row that this node has won. */
    public void tell(@Body Map<String, Object> body) {
        Firing firing = (Firing) body.get("firing");
        LOG.atLevel(firing.isDone() ? Level.INFO : Level.WARN)
                .log("Timetable, {}: {}", describe(firing), firing.result());
        if (firing.isDone() && firing.row().action().dials()) {
            control.readAgain(firing.row().campaign());
        }
    }

    /**
     * The database failed, which is logged elsewhere. The action is due again a minute later, unless it is too late
     * then.
     */
    public void databaseFailed(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Map<?, ?>) {
            LOG.warn(
                    "Timetable, {}: tried again within a minute: {}",
                    what(exchange),
                    DatabaseWords.of(fault(exchange)));
        }
    }

    /** The same for any other fault. */
    public void failed(Exchange exchange) {
        LOG.error("Timetable, {}: tried again within a minute", what(exchange), fault(exchange));
    }

    private static Throwable fault(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }

    private static String what(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof Map<?, ?> body && body.get("firing") instanceof Firing firing
                ? describe(firing)
                : "all rows";
    }

    private static String describe(Firing firing) {
        return firing.row().title() + ", " + firing.row().action().word() + " of " + firing.scheduled();
    }
}
