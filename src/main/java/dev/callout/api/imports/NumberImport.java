package dev.callout.api.imports;

import dev.callout.api.files.HashedFile;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.Statements;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Imports numbers into a campaign: each number once, and, unless it is an emergency campaign, none that is on the
 * do-not-call list. Reports what happened to
 * each line. The lines are collected in a temporary table of the database, so that a large import needs no memory here.
 */
public final class NumberImport {

    private static final int LINES_AT_ONCE = 2000;
    private static final int TAKEN_AT_ONCE = 10_000;
    /** Variables may be long, and a server accepts 16 MB at once by default, in which quotes count several times. */
    private static final int CHARACTERS_OF_VARIABLES_AT_ONCE = 1_000_000;

    /** This many of the lines that were left out are listed one by one. */
    private static final int MOST_LISTED = 1000;

    private final Statements statements;
    private final Supplier<NumberRules> rules;
    private final Supplier<Optional<EraseKey>> eraseKey;

    /**
     * @param rules    returns how numbers are judged
     * @param eraseKey returns {@code callout.erase-key}
     */
    public NumberImport(Statements statements, Supplier<NumberRules> rules, Supplier<Optional<EraseKey>> eraseKey) {
        this.statements = statements;
        this.rules = rules;
        this.eraseKey = eraseKey;
    }

    /** What an import did. */
    private static final class Report {

        private final String unit;
        private final List<Map<String, Object>> leftOut = new ArrayList<>();
        private final List<Map<String, Object>> warnings = new ArrayList<>();
        private final Map<String, Object> verdicts = new HashMap<>();
        private long lines;
        private long refused;
        private long warned;

        private Report(String unit) {
            this.unit = unit;
        }

        private void leaveOut(Object line, Object cld, String reason) {
            tell(leftOut, line, cld, reason);
        }

        private void warn(Object line, Object cld, String reason) {
            warned++;
            tell(warnings, line, cld, reason);
        }

        /** What the audit says of the import. */
        private Map<String, Object> counts() {
            Map<String, Object> counts = new LinkedHashMap<>();
            counts.put("lines", lines);
            counts.put("accepted", accepted());
            return counts;
        }

        private Object accepted() {
            return verdicts.getOrDefault("A", 0);
        }

        private void tell(List<Map<String, Object>> told, Object line, Object cld, String reason) {
            if (told.size() < MOST_LISTED) {
                boolean tooLong = cld instanceof String text && text.length() > StagedLine.LONGEST;
                Map<String, Object> one = new LinkedHashMap<>();
                one.put(unit, line);
                one.put("cld", tooLong ? ((String) cld).substring(0, StagedLine.LONGEST) : cld);
                one.put("reason", reason);
                told.add(one);
            }
        }
    }

    /**
     * Imports everything in a request.
     *
     * @param request   its body holds the numbers, as a table or as JSON; {@code column.*} and
     *                  {@code vars} in its query name columns, and {@code file} the file
     * @param into      the campaign
     * @param allOrNone whether nothing is imported if a single line is refused. A number that the campaign already has,
     *                  or that must not be called, is left out but does not stop the import
     * @return what it did: {@code imported}, {@code i_import} (null: nothing was imported), {@code lines}, {@code accepted}, {@code duplicate}, {@code do_not_call},
     *         {@code refused}, {@code left_out}, {@code warned}, {@code warnings}, {@code variables},
     *         {@code ignored_columns}
     */
    public Map<String, Object> run(Campaign into, ApiRequest request, boolean allOrNone)
            throws SQLException, IOException {
        long campaign = into.id();
        Optional<Country> country = Country.of(into);
        HashedFile file = new HashedFile(request.body());
        try (ImportSource source = ImportSource.of(request.withBody(file))) {
            Report report = new Report(source.unit());
            Long kept = withTables(campaign, session -> {
                if (into.emergency() == null) {
                    ErasedNumbers.requireKey(session, eraseKey.get());
                }
                stage(session, source, into, report);
                judge(session, into, report);
                if (allOrNone && report.refused > 0) {
                    return null;
                }
                // It is committed with the first portion.
                long key = keep(session, request, campaign, file.hash(), report);
                take(session, campaign, key, country, allOrNone);
                return key;
            });
            boolean imported = kept != null;
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("imported", imported);
            shown.put("i_import", kept);
            shown.put("lines", report.lines);
            shown.put("accepted", imported ? report.accepted() : 0);
            shown.put("duplicate", report.verdicts.getOrDefault("D", 0));
            shown.put("do_not_call", report.verdicts.getOrDefault("N", 0));
            shown.put("refused", report.refused);
            shown.put("left_out", report.leftOut);
            shown.put("warned", report.warned);
            shown.put("warnings", report.warnings);
            shown.put("variables", source.variables());
            shown.put("ignored_columns", source.ignored());
            return shown;
        }
    }

    private static long keep(
            Statements.Session session, ApiRequest request, long campaign, String hash, Report report) {
        Map<String, Object> row = new HashMap<>();
        row.put("who", request.caller().name());
        row.put("campaign", campaign);
        row.put("list", null);
        row.put("file", request.query().get("file"));
        row.put("sha256", hash);
        row.put("lines", report.lines);
        row.put("accepted", report.accepted());
        long key = session.insert("import-keep", row);
        Map<String, Object> audited = report.counts();
        audited.put("i_import", key);
        session.audit("numbers.import", "campaign " + campaign, audited);
        return key;
    }

    /** Does work while the temporary tables exist. */
    private Long withTables(long campaign, Statements.Work<Long, IOException> work) throws SQLException, IOException {
        return statements.once(session -> {
            session.update("import-drop", Map.of());
            Object held = session.query("import-lock", Map.of("campaign", campaign))
                    .get(0)
                    .get("held");
            if (((Number) held).intValue() != 1) {
                throw new ApiProblem(409, "Another import into this campaign is in progress: try again after it");
            }
            boolean done = false;
            try {
                session.update("import-create", Map.of());
                session.update("import-known-create", Map.of());
                session.update("import-unread-create", Map.of());
                Long kept = work.in(session);
                session.commit();
                done = true;
                return kept;
            } finally {
                if (!done) {
                    session.rollback();
                }
                session.update("import-drop", Map.of());
                session.update("import-unlock", Map.of("campaign", campaign));
            }
        });
    }

    private void stage(Statements.Session session, ImportSource source, Campaign into, Report report)
            throws IOException {
        Optional<Country> country = Country.of(into);
        Optional<EraseKey> erased = into.emergency() == null ? eraseKey.get() : Optional.empty();
        List<Map<String, Object>> batch = new ArrayList<>();
        int characters = 0;
        for (ImportLine next = source.next(); next != null; next = source.next()) {
            ImportLine line = next;
            report.lines++;
            try {
                Map<String, Object> row = StagedLine.of(
                        line, rules.get(), country, warning -> report.warn(line.line(), line.cld(), warning));
                row.put("position", report.lines);
                batch.add(row);
                characters += Objects.toString(row.get("vars"), "").length();
            } catch (UndialableException e) {
                report.refused++;
                report.leaveOut(line.line(), line.cld(), e.getMessage());
            }
            if (batch.size() == LINES_AT_ONCE || characters > CHARACTERS_OF_VARIABLES_AT_ONCE) {
                store(session, batch, erased);
                characters = 0;
            }
        }
        store(session, batch, erased);
    }

    private static void store(
            Statements.Session session, List<Map<String, Object>> batch, Optional<EraseKey> eraseKey) {
        eraseKey.ifPresent(key -> ErasedNumbers.mark(session, batch, key));
        session.updateBatch("import-lines", batch);
        session.commit();
        batch.clear();
    }

    private static void judge(Statements.Session session, Campaign into, Report report) {
        Map<String, Object> campaign = Map.of("campaign", into.id());
        Optional<Country> country = Country.of(into);
        if (country.isPresent()) {
            KnownTelephones.collect(session, into.id(), country.get());
        } else {
            session.update("import-known", campaign);
        }
        if (into.emergency() == null) {
            if (country.isPresent()) {
                session.update("import-mark-do-not-call-telephones", campaign);
            }
            session.update("import-mark-do-not-call", Map.of());
        }
        session.update("import-mark-known", Map.of());
        session.update("import-mark-repeated", Map.of());
        session.commit();
        session.query("import-verdicts", Map.of())
                .forEach(row -> report.verdicts.put((String) row.get("verdict"), row.get("numbers")));
        session.query("import-left-out", Map.of("limit", MOST_LISTED))
                .forEach(row -> report.leaveOut(
                        row.get("line"),
                        row.get("cld"),
                        row.get("verdict").equals("D")
                                ? "the campaign, or an earlier line, has this number already"
                                : "the number is on the do-not-call list, or its person was erased"));
    }

    /**
     * Takes the numbers in portions, so that no statement takes long. They are in one transaction only if all or none
     * is asked for.
     */
    private static void take(
            Statements.Session session, long campaign, long key, Optional<Country> country, boolean inOne) {
        Object last = session.query("import-last", Map.of()).get(0).get("last");
        long positions = last == null ? 0 : ((Number) last).longValue();
        for (long after = 0; after < positions; after += TAKEN_AT_ONCE) {
            session.update(
                    "import-take",
                    Map.of(
                            "campaign",
                            campaign,
                            "import",
                            key,
                            "after",
                            after,
                            "upTo",
                            after + TAKEN_AT_ONCE,
                            "version",
                            country.map(TelephoneReader::version).orElse("")));
            if (!inOne) {
                session.commit();
            }
        }
    }
}
