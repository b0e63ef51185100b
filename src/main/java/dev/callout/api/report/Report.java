package dev.callout.api.report;

import dev.callout.campaign.report.BeforeTheCallee;
import dev.callout.campaign.report.Grouping;
import dev.callout.campaign.report.Tally;
import dev.callout.store.Statements;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a report. */
final class Report {

    /** The names of a row's figures, in their order. Those about numbers are only where each number belongs to one row. */
    static final List<String> FIGURES = List.of(
            "attempts",
            "left",
            "answered",
            "answer_rate",
            "success",
            "talk_sec",
            "cost",
            "human",
            "machine",
            "handed_over",
            "with_agent",
            "wait_sec",
            "abandoned",
            "abandoned_rate");

    static final List<String> FIGURES_OF_NUMBERS = List.of("numbers", "reached", "reached_rate");

    private static final int MILLI_DIGITS = 3;

    private final ReportTerms terms;
    private final Map<String, Tally> rows = new HashMap<>();
    private final Map<String, Reached> reached = new HashMap<>();

    /** How many numbers were called, and how many of them had a success. */
    private record Reached(long numbers, long success) {
        static final Reached NONE = new Reached(0, 0);

        Reached plus(Reached more) {
            return new Reached(numbers + more.numbers, success + more.success);
        }
    }

    private Report(ReportTerms terms) {
        this.terms = terms;
    }

    /** Reads and counts the attempts. */
    static Report of(ReportTerms terms, Statements statements) throws SQLException {
        Map<String, Object> parameters = new HashMap<>(BeforeTheCallee.lists());
        parameters.put("campaign", terms.campaign());
        parameters.put("by", terms.by().word());
        parameters.put("timed", terms.by().isTimed());
        parameters.put("slot", Grouping.SLOT_SECONDS);
        parameters.put("callee", terms.callee());
        parameters.put("from", seconds(terms.from()));
        parameters.put("to", seconds(terms.to()));
        Report report = new Report(terms);
        return statements.<Report, SQLException>once(session -> {
            if (terms.by().isTimed() ? report.isOfOneZone(session) : terms.by().isNumbered()) {
                session.each("report", parameters, row -> report.count(row, report.name(row, terms.zone())));
            } else {
                session.each(
                        "report-by-word", parameters, row -> report.count(row, report.name(row, report.zoneOf(row))));
            }
            session.each("report-reached", parameters, report::countNumbers);
            return report;
        });
    }

    /**
     * Returns whether all times are those of the installation. Then no attempt need be asked for its zone; the campaigns
     * of some may be gone.
     */
    private boolean isOfOneZone(Statements.Session session) {
        return !terms.callee()
                && session.query("report-zones", Map.of()).stream()
                        .allMatch(row -> terms.zone().equals(zone((String) row.get("timezone"), terms.zone())));
    }

    /** Returns null if it is asked for the callees' times, and the callee's is not known, or may be one of several. */
    private ZoneId zoneOf(Map<String, Object> row) {
        return zone((String) row.get("part"), terms.callee() ? null : terms.zone());
    }

    private String name(Map<String, Object> row, ZoneId zone) {
        if (!terms.by().isTimed()) {
            return (String) row.get("part");
        }
        Instant sent = Instant.ofEpochSecond(number(row.get("slot")) * Grouping.SLOT_SECONDS);
        return zone == null ? null : terms.by().at(sent, zone);
    }

    private void count(Map<String, Object> row, String name) {
        BigDecimal cost = (BigDecimal) row.get("cost");
        Tally tally = number(row.get("further_leg")) != 0
                ? new Tally(0, 0, 0, 0, 0, 0, 0, cost)
                : new Tally(
                        number(row.get("attempts")),
                        number(row.get("went_out")),
                        number(row.get("answered")),
                        number(row.get("human")),
                        number(row.get("machine")),
                        number(row.get("success")),
                        number(row.get("talk_micros")),
                        cost,
                        new Tally.HandOvers(
                                number(row.get("handed_over")),
                                number(row.get("with_agent")),
                                number(row.get("waited_ms")),
                                number(row.get("abandoned"))));
        rows.merge(name, tally, Tally::plus);
    }

    private void countNumbers(Map<String, Object> row) {
        reached.merge(
                (String) row.get("part"),
                new Reached(number(row.get("numbers")), number(row.get("reached"))),
                Reached::plus);
    }

    private static ZoneId zone(String name, ZoneId otherwise) {
        try {
            return name == null || name.isBlank() ? otherwise : ZoneId.of(name.strip());
        } catch (DateTimeException e) {
            // Several zones, or one that is none: the campaign is idle until it is corrected.
            return otherwise;
        }
    }

    private static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), MILLI_DIGITS);
    }

    private static long number(Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }

    /** Returns the figures of all rows, by {@code by}: the name of the row, null for what is not known. */
    List<Map<String, Object>> rows() {
        return rows.keySet().stream()
                .sorted(terms.by().order(rows::get))
                .map(name -> {
                    Map<String, Object> shown = new LinkedHashMap<>();
                    shown.put(terms.by().word(), name);
                    shown.putAll(figures(rows.get(name)));
                    if (terms.by().dividesNumbers()) {
                        shown.putAll(figures(reached.getOrDefault(name, Reached.NONE)));
                    }
                    return shown;
                })
                .toList();
    }

    /** Returns the figures of all attempts together. */
    Map<String, Object> total() {
        Map<String, Object> shown =
                new LinkedHashMap<>(figures(rows.values().stream().reduce(Tally.NONE, Tally::plus)));
        shown.putAll(figures(reached.values().stream().reduce(Reached.NONE, Reached::plus)));
        return shown;
    }

    static Map<String, Object> figures(Tally tally) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("attempts", tally.attempts());
        shown.put("left", tally.left());
        shown.put("answered", tally.answered());
        shown.put("answer_rate", tally.answerRate().orElse(null));
        shown.put("success", tally.success());
        shown.put("talk_sec", tally.talkSeconds());
        shown.put("cost", tally.cost());
        shown.put("human", tally.human());
        shown.put("machine", tally.machine());
        shown.put("handed_over", tally.handOvers().count());
        shown.put("with_agent", tally.handOvers().withAgent());
        shown.put("wait_sec", tally.handOvers().waitSeconds().orElse(null));
        shown.put("abandoned", tally.handOvers().abandoned());
        shown.put(
                "abandoned_rate",
                Tally.rate(tally.handOvers().abandoned(), tally.answered()).orElse(null));
        return shown;
    }

    private static Map<String, Object> figures(Reached reached) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("numbers", reached.numbers());
        shown.put("reached", reached.success());
        shown.put(
                "reached_rate", Tally.rate(reached.success(), reached.numbers()).orElse(null));
        return shown;
    }
}
