package dev.callout.api.donotcall;

import dev.callout.api.access.Role;
import dev.callout.api.files.HashedFile;
import dev.callout.api.files.SentFile;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.store.Statements;
import dev.callout.store.donotcall.Entry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Imports numbers that must not be called, a thousand in a transaction. Lines that are no numbers are refused, and all
 * others are imported: half a list protects more people than none.
 *
 * <p>A list that is new, or replaced as a whole, is loaded under no name, so that it binds nobody. Then it gets the name
 * in one transaction. Claims see the entries of before, or all new ones.
 */
public final class DoNotCallImport {

    private static final int LINES_AT_ONCE = 1000;
    /** This many of the refused lines are listed one by one. */
    private static final int MOST_LISTED = 1000;

    private final Statements statements;
    private final Targets targets;

    /** @param targets finds the list that a request means */
    public DoNotCallImport(Statements statements, Targets targets) {
        this.statements = statements;
        this.targets = targets;
    }

    /** How a line becomes an entry. */
    @FunctionalInterface
    private interface Reading {
        Entry entry(String number) throws UndialableException;
    }

    /** A line that was not imported. */
    private record Refused(int line, String number, String reason) {}

    /** What an import did. */
    private static final class Report {
        private final String who;
        private final String file;
        private final HashedFile sent;
        private final List<Refused> listed = new ArrayList<>();
        private long lines;
        private long refused;
        private String hash;
        private Long key;

        private Report(ApiRequest request) {
            who = request.caller().name();
            file = request.query().get("file");
            sent = new HashedFile(request.body());
        }

        private ApiResponse answer(String list) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("imported", lines > refused);
            shown.put("i_import", key);
            shown.put("list", list);
            shown.put("lines", lines);
            shown.put("accepted", lines - refused);
            shown.put("refused", refused);
            shown.put("left_out", listed);
            return ApiResponse.json(lines > refused ? 200 : 422, shown);
        }
    }

    /**
     * Imports the file in a request.
     *
     * @param request its parameters are {@code list}, {@code country}, {@code replace} and {@code file}
     */
    public ApiResponse run(ApiRequest request) throws SQLException, IOException {
        String name = request.query().get("list");
        boolean replace =
                request.word("replace", "false", Set.of("true", "false")).equals("true");
        if (replace) {
            // Whoever replaces a list removes from it what the new one does not have.
            request.require(Role.ADMIN);
        }
        Optional<Country> given =
                Optional.ofNullable(request.query().get("country")).map(Targets::country);
        Report report = new Report(request);
        try (EntryLines lines = new EntryLines(SentFile.of(report.sent).rows())) {
            if (name == null) {
                if (replace) {
                    throw new ApiProblem(
                            400,
                            "replace is for a further list: name it in list. Nothing replaces the list that binds all");
                }
                CommonList common = targets.common();
                load(
                        common,
                        given.isEmpty() ? common::entry : text -> abroad(text, given.get(), common),
                        lines,
                        report);
                if (report.lines > report.refused) {
                    statements.inTransaction(session -> keep(session, null, report));
                }
            } else {
                intoList(name, given, replace, lines, report);
            }
        }
        return report.answer(name);
    }

    private static Entry abroad(String text, Country country, CommonList common) throws UndialableException {
        return Entry.abroad(text, country, common.country());
    }

    private void intoList(String name, Optional<Country> given, boolean replace, EntryLines lines, Report report)
            throws SQLException, IOException {
        if (!DoNotCallList.isName(name)) {
            throw new ApiProblem(400, "Query parameter list must be " + DoNotCallList.NAMES);
        }
        Optional<FurtherList> there = replace && given.isPresent() ? Optional.empty() : targets.further(name);
        Country country = given.or(() -> there.map(FurtherList::country))
                .or(targets::country)
                .orElseThrow(Targets::withoutCountry);
        if (there.isEmpty() || replace) {
            loadAndReplace(name, country, lines, report);
            return;
        }
        if (!there.get().country().equals(country)) {
            throw new ApiProblem(
                    409,
                    "The numbers of this list are read by country "
                            + there.get().country() + ": leave country out, or replace the whole list");
        }
        load(there.get(), there.get()::entry, lines, report);
        if (report.lines > report.refused) {
            statements.inTransaction(session -> {
                keep(session, name, report);
                return session.update(
                        "do-not-call-list-loaded", Map.of("list", there.get().key(), "name", name));
            });
        }
    }

    private void loadAndReplace(String name, Country country, EntryLines lines, Report report)
            throws SQLException, IOException {
        long key = statements.inTransaction(
                session -> session.insert("do-not-call-list-stage", Map.of("country", country.iso())));
        boolean replaced = false;
        try {
            FurtherList loading = new FurtherList(key, null, country);
            load(loading, loading::entry, lines, report);
            if (report.lines > report.refused) {
                statements.inTransaction(session -> {
                    keep(session, name, report);
                    return replace(session, key, name, country);
                });
                replaced = true;
            }
        } finally {
            if (!replaced) {
                statements.inTransaction(session -> session.update("do-not-call-list-delete", Map.of("key", key)));
            }
        }
    }

    /** @param list null: the list that binds all campaigns */
    private static long keep(Statements.Session session, String list, Report report) {
        Map<String, Object> row = new HashMap<>();
        row.put("who", report.who);
        row.put("campaign", null);
        row.put("list", list);
        row.put("file", report.file);
        row.put("sha256", report.hash);
        row.put("lines", report.lines);
        row.put("accepted", report.lines - report.refused);
        report.key = session.insert("import-keep", row);
        Map<String, Object> counts = new LinkedHashMap<>();
        List.of("lines", "accepted").forEach(count -> counts.put(count, row.get(count)));
        counts.put("i_import", report.key);
        session.audit("do-not-call.import", "do-not-call list " + (list == null ? "of all campaigns" : list), counts);
        return report.key;
    }

    private static boolean replace(Statements.Session session, long key, String name, Country country) {
        Map<String, Object> values = new HashMap<>();
        values.put("source", null);
        values.put("max_age_days", null);
        for (Map<String, Object> before : session.query("do-not-call-list-named", Map.of("name", name))) {
            values.putAll(before);
            session.update("do-not-call-list-delete", Map.of("key", before.get("i_do_not_call_list")));
        }
        values.put("list", key);
        values.put("name", name);
        values.put("country", country.iso());
        if (session.update("do-not-call-list-replace", values) == 0) {
            throw new ApiProblem(
                    409, "This import stood still for an hour, and its entries are being deleted: import again");
        }
        return true;
    }

    private void load(Target target, Reading reading, EntryLines lines, Report report)
            throws SQLException, IOException {
        List<Map<String, Object>> batch = new ArrayList<>();
        for (EntryLines.Line line = lines.next(); line != null; line = lines.next()) {
            report.lines++;
            try {
                batch.add(row(line, reading));
            } catch (UndialableException e) {
                report.refused++;
                if (report.listed.size() < MOST_LISTED) {
                    report.listed.add(new Refused(line.line(), line.number(), e.getMessage()));
                }
            }
            if (batch.size() == LINES_AT_ONCE) {
                store(target, batch);
            }
        }
        store(target, batch);
        report.hash = report.sent.hash();
    }

    private static Map<String, Object> row(EntryLines.Line line, Reading reading) throws UndialableException {
        if (line.refusal() != null) {
            throw UndialableException.number(line.refusal());
        }
        Entry entry = reading.entry(line.number());
        if (line.isOfNorthAmerica()
                && (entry.telephone() == null || !entry.telephone().e164().equals("+1" + line.number()))) {
            throw UndialableException.number(
                    "an area code and seven digits are a number of North America: give country=US");
        }
        Map<String, Object> row = entry.values();
        row.put("reason", line.reason());
        row.put("expires", line.expires());
        return row;
    }

    private void store(Target target, List<Map<String, Object>> batch) throws SQLException {
        if (!batch.isEmpty()) {
            statements.inTransaction(session -> {
                target.hold(session);
                target.put(session, batch);
                return batch.size();
            });
            batch.clear();
        }
    }
}
