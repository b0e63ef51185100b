package dev.callout.api.imports;

import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.campaign.PhoneNumber;
import dev.callout.campaign.UndialableException;
import dev.callout.store.Statements;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Imports numbers into a campaign: each number once, and none that is on the do-not-call list. Reports what happened to
 * each line. The lines are collected in a temporary table of the database, so that a large import needs no memory here.
 */
public final class NumberImport {

    private static final int LINES_AT_ONCE = 2000;
    private static final int TAKEN_AT_ONCE = 10_000;
    private static final int LONGEST = 64;
    private static final Pattern WORDS = Pattern.compile("(?=.*\\p{L}).*\\S\\p{Z}.*\\S.*");

    /** This many of the lines that were left out are listed one by one. */
    private static final int TOLD = 1000;

    private final Statements statements;
    private final Supplier<Pattern> numberPattern;

    /** @param numberPattern returns {@code callout.number-pattern} */
    public NumberImport(Statements statements, Supplier<Pattern> numberPattern) {
        this.statements = statements;
        this.numberPattern = numberPattern;
    }

    /** What an import did. */
    private static final class Report {

        private final List<Map<String, Object>> leftOut = new ArrayList<>();
        private long lines;
        private long refused;
        private final Map<String, Long> verdicts = new LinkedHashMap<>();

        private void refuse(ImportLine line, String reason) {
            refused++;
            tell(line.line(), line.cld(), reason);
        }

        private void tell(Object line, Object cld, String reason) {
            if (leftOut.size() < TOLD) {
                Map<String, Object> told = new LinkedHashMap<>();
                told.put("line", line);
                told.put(
                        "cld",
                        cld instanceof String text && text.length() > LONGEST ? text.substring(0, LONGEST) : cld);
                told.put("reason", reason);
                leftOut.add(told);
            }
        }

        private long count(String verdict) {
            return verdicts.getOrDefault(verdict, 0L);
        }
    }

    /**
     * Imports everything in a request.
     *
     * @param request   its body holds the numbers, as text/csv, application/json or application/x-ndjson
     * @param allOrNone whether nothing is imported if a single line is refused. A number that the campaign already has,
     *                  or that must not be called, is left out but does not stop the import
     * @return what it did: {@code imported}, {@code lines}, {@code accepted}, {@code duplicate}, {@code do_not_call},
     *         {@code refused}, {@code left_out}, {@code ignored_columns}
     */
    public Map<String, Object> run(long campaign, ApiRequest request, boolean allOrNone)
            throws ApiProblem, SQLException, IOException {
        try (ImportSource source = ImportSource.of(request)) {
            return run(campaign, source, allOrNone);
        }
    }

    private Map<String, Object> run(long campaign, ImportSource source, boolean allOrNone)
            throws ApiProblem, SQLException, IOException {
        Report report = new Report();
        boolean imported = this.<Boolean>withTables(campaign, session -> {
            stage(session, source, report);
            judge(session, campaign, report);
            if (allOrNone && report.refused > 0) {
                return false;
            }
            take(session, campaign, allOrNone);
            return true;
        });
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("imported", imported);
        told.put("lines", report.lines);
        told.put("accepted", imported ? report.count("A") : 0);
        told.put("duplicate", report.count("D"));
        told.put("do_not_call", report.count("N"));
        told.put("refused", report.refused);
        told.put("left_out", report.leftOut);
        told.put("ignored_columns", source.ignored());
        return told;
    }

    /** Work while the temporary tables exist. */
    @FunctionalInterface
    private interface Staged<T> {
        T with(Statements.Session session) throws ApiProblem, SQLException, IOException;
    }

    /** Wraps the two kinds of exceptions of a transaction's work in one. */
    private static final class Ended extends Exception {

        private static final long serialVersionUID = 1;

        private Ended(Exception cause) {
            super(cause);
        }
    }

    private <T> T withTables(long campaign, Staged<T> work) throws ApiProblem, SQLException, IOException {
        try {
            return statements.<T, Ended>once(session -> {
                session.update("import-drop", Map.of());
                if (((Number) session.query("import-lock", Map.of("campaign", campaign))
                                        .get(0)
                                        .get("held"))
                                .intValue()
                        != 1) {
                    throw new Ended(
                            new ApiProblem(409, "Another import into this campaign is under way: try again after it"));
                }
                boolean done = false;
                try {
                    session.update("import-create", Map.of());
                    session.update("import-known-create", Map.of());
                    T result = work.with(session);
                    session.commit();
                    done = true;
                    return result;
                } catch (ApiProblem | IOException e) {
                    throw new Ended(e);
                } finally {
                    if (!done) {
                        session.rollback();
                    }
                    session.update("import-drop", Map.of());
                    session.update("import-unlock", Map.of("campaign", campaign));
                }
            });
        } catch (Ended e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw (ApiProblem) e.getCause();
        }
    }

    private void stage(Statements.Session session, ImportSource source, Report report)
            throws ApiProblem, SQLException, IOException {
        List<Map<String, Object>> batch = new ArrayList<>();
        for (ImportLine line = source.next(); line != null; line = source.next()) {
            report.lines++;
            String reason = line.refusal();
            String dialable = null;
            if (reason == null) {
                try {
                    dialable = PhoneNumber.of(line.cld(), numberPattern.get()).dialable();
                    reason = unfit(line);
                } catch (UndialableException e) {
                    reason = e.getMessage();
                }
            }
            if (reason != null) {
                report.refuse(line, reason);
                continue;
            }
            Map<String, Object> row = new LinkedHashMap<>();
            // One line of JSON can hold several numbers.
            row.put("position", report.lines);
            row.put("line", line.line());
            row.put("cld", line.cld().strip());
            row.put("dialable", dialable);
            row.put("callerid", line.callerid());
            row.put("priority", line.priority());
            batch.add(row);
            if (batch.size() == LINES_AT_ONCE) {
                session.updateBatch("import-lines", batch);
                session.commit();
                batch.clear();
            }
        }
        session.updateBatch("import-lines", batch);
        session.commit();
    }

    private static String unfit(ImportLine line) {
        if (WORDS.matcher(line.cld().strip()).matches()) {
            return "letters and blanks are no number";
        }
        if (line.cld().strip().length() > LONGEST) {
            return "the number is longer than " + LONGEST + " characters";
        }
        String callerid = line.callerid();
        return callerid != null
                        && (callerid.length() > LONGEST || callerid.chars().anyMatch(Character::isISOControl))
                ? "callerid is longer than " + LONGEST + " characters or holds control characters"
                : null;
    }

    private static void judge(Statements.Session session, long campaign, Report report) throws SQLException {
        session.update("import-known", Map.of("campaign", campaign));
        session.update("import-mark-do-not-call", Map.of());
        session.update("import-mark-known", Map.of());
        session.update("import-mark-repeated", Map.of());
        session.commit();
        for (Map<String, Object> row : session.query("import-verdicts", Map.of())) {
            report.verdicts.put((String) row.get("verdict"), ((Number) row.get("numbers")).longValue());
        }
        for (Map<String, Object> row : session.query("import-left-out", Map.of("limit", TOLD))) {
            report.tell(
                    row.get("line"),
                    row.get("cld"),
                    row.get("verdict").equals("D")
                            ? "the campaign, or an earlier line, has this number already"
                            : "the number is on the do-not-call list");
        }
    }

    /**
     * Takes the numbers in portions, so that no statement takes long. They are in one transaction only if all or none
     * is asked for.
     */
    private static void take(Statements.Session session, long campaign, boolean inOne) throws SQLException {
        Object last = session.query("import-last", Map.of()).get(0).get("last");
        long positions = last == null ? 0 : ((Number) last).longValue();
        for (long after = 0; after < positions; after += TAKEN_AT_ONCE) {
            session.update("import-take", Map.of("campaign", campaign, "after", after, "upTo", after + TAKEN_AT_ONCE));
            if (!inOne) {
                session.commit();
            }
        }
    }
}
