package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.Printable;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.check.Finding.Result;
import dev.callout.settings.Settings;
import dev.callout.settings.SwitchSettings;
import dev.callout.settings.TableOptions;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseSurvey;
import dev.callout.store.DatabaseWords;
import dev.callout.store.TimetableRows;
import dev.callout.store.gateway.WaysOutRows;
import dev.callout.store.numbers.StatementTrial;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.timetable.TimetableRow;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Checks the rows that decide about calls: campaigns, timetables, lists of numbers, the do-not-call list. */
final class CampaignInspection {

    private final Settings settings;
    private final DataSource dataSource;
    private final DatabaseSurvey survey;
    private final List<Finding> findings;
    private final ZoneId zone;
    private WaysOut waysOut = WaysOut.NONE;

    /** @param findings to which the findings are added */
    CampaignInspection(Settings settings, DataSource dataSource, DatabaseSurvey survey, List<Finding> findings) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.survey = survey;
        this.findings = findings;
        this.zone = settings.calls().timezone().orElse(null);
    }

    /** Checks the campaigns. Returns those that have no problem of their own, paused ones included. */
    List<Campaign> dialable() throws SQLException {
        TableOptions options = new TableOptions(() -> settings);
        options.read(survey.options());
        DialString dialString = new DialString(
                settings.calls().dial().installation(),
                settings.calls().dial().sipProfile(),
                options::sipProxy,
                settings.calls().dial().allowedApplications());
        RuleBook rules = survey.callingRules();
        List<CampaignRow> rows = survey.campaigns(new CampaignDefaults(
                zone,
                settings.calls().country().orElse(null),
                null,
                settings.calls().callingRules(),
                rules));
        List<Campaign> campaigns = rows.stream().map(CampaignRow::campaign).toList();
        waysOut = new WaysOutRows(dataSource).read();
        List<Campaign> dialable = new ArrayList<>();
        for (Campaign campaign : campaigns) {
            List<String> problems = new ArrayList<>(campaign.problems());
            problems.addAll(dialString.problems(campaign));
            problems.addAll(waysOut.problems(campaign));
            listProblem(campaign).ifPresent(problems::add);
            if (problems.isEmpty()) {
                dialable.add(campaign);
            } else {
                findings.add(new Finding(
                        campaign.paused() ? Result.WARN : Result.FAIL,
                        "campaign " + campaign.name(),
                        String.join("; ", problems),
                        "correct that; the campaign is not dialled until then"));
            }
        }
        lookAtCallingHours(rows);
        findings.addAll(new RuleInspection(rules, settings.calls().callingRules(), LocalDate.now(ZoneOffset.UTC))
                .findings(rows));
        Set<String> switches =
                settings.switches().stream().map(SwitchSettings::name).collect(Collectors.toSet());
        findings.addAll(new GatewayInspection(waysOut, switches).findings(rows));
        lookForEndlessOnes(campaigns);
        lookForEmergencies(campaigns);
        lookForUnknownCallers(dialable);
        lookForMissingVariables(dialable);
        lookForPausedByCallout(campaigns);
        lookForMissingPrices(campaigns);
        if (dialable.size() == campaigns.size()) {
            long paused = campaigns.stream().filter(Campaign::paused).count();
            findings.add(Finding.ok("campaigns", campaigns.size() + ", " + paused + " of them paused"));
        }
        return dialable;
    }

    /** Returns the gateways, groups and caller IDs, as {@link #dialable()} has read them. */
    WaysOut waysOut() {
        return waysOut;
    }

    private Optional<String> listProblem(Campaign campaign) throws SQLException {
        return campaign.destinationList() == null
                ? Optional.empty()
                : Optional.ofNullable(
                        ListSchema.need(dataSource, campaign.destinationList(), campaign.country() != null)
                                .problem(settings.database().alterTables()));
    }

    private void lookAtCallingHours(List<CampaignRow> rows) {
        String anyHour = rows.stream()
                .filter(row -> row.callingRules().isEmpty())
                .map(CampaignRow::campaign)
                .filter(campaign ->
                        !campaign.paused() && campaign.hours().schedule().equals(Schedule.ALWAYS))
                .map(Campaign::name)
                .collect(Collectors.joining(", "));
        if (!anyHour.isEmpty()) {
            findings.add(Finding.warn(
                    "calling hours",
                    "these campaigns are not paused and have no schedule, so they may call at any hour: " + anyHour,
                    "set their i_schedule: docs/tables.md, Calling hours"));
        }
    }

    private void lookForUnknownCallers(List<Campaign> campaigns) {
        String unknown = settings.calls().dial().callerId().isPresent()
                ? ""
                : campaigns.stream()
                        .filter(campaign -> !waysOut.hasCallerId(campaign))
                        .map(Campaign::name)
                        .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            findings.add(Finding.warn(
                    "caller IDs",
                    "unless the numbers have one, the callees of these campaigns see their own number: " + unknown,
                    "set their cli or caller_id_pool, or callout.caller-id: docs/gateways.md, Caller IDs"));
        }
    }

    private void lookForMissingVariables(List<Campaign> campaigns) throws SQLException {
        for (Campaign campaign : campaigns) {
            Set<String> missing = new TreeSet<>();
            campaign.onAnswer().prompts().forEach(prompt -> prompt.pieces()
                    .forEach(piece -> missing.addAll(piece.variables())));
            // A list that has yet to be altered has no column for them.
            if (missing.isEmpty() || !isComplete(campaign.destinationList())) {
                continue;
            }
            Optional<Set<String>> there = survey.variableNames(campaign.id(), campaign.destinationList());
            there.ifPresent(missing::removeAll);
            if (there.isPresent() && !missing.isEmpty()) {
                findings.add(Finding.warn(
                        "campaign " + campaign.name(),
                        "its prompt needs variables that none of its next numbers has: " + String.join(", ", missing)
                                + "; these numbers end without a call",
                        "import them with vars, or correct the pieces of the prompt: docs/variables.md"));
            }
        }
    }

    private boolean isComplete(String list) throws SQLException {
        return list == null
                || ListSchema.need(dataSource, list, false).statements().isEmpty();
    }

    private void lookForEndlessOnes(List<Campaign> campaigns) {
        campaigns.stream()
                .filter(campaign -> campaign.retrying().endless())
                .forEach(campaign -> findings.add(Finding.warn(
                        "campaign " + campaign.name(),
                        "finish_on is 0, so each number is called again after "
                                + campaign.retrying().backoff().toSeconds() + " s, without end, even after a success",
                        "set finish_on to -1 if the campaign should end when all numbers are finished")));
    }

    private void lookForPausedByCallout(List<Campaign> campaigns) {
        campaigns.stream()
                .filter(campaign -> campaign.paused() && campaign.guard().pauseReason() != null)
                .forEach(campaign -> findings.add(Finding.warn(
                        "campaign " + campaign.name(),
                        Printable.line(campaign.guard().pauseReason()),
                        "correct what is named there, then resume the campaign")));
    }

    private void lookForMissingPrices(List<Campaign> campaigns) {
        for (Campaign campaign : campaigns) {
            String free = waysOut.of(campaign).stream()
                    .filter(gateway -> gateway.isUsable() && gateway.order().costPerMinute() == null)
                    .map(gateway -> gateway.name() == null ? "the proxy" : gateway.name())
                    .collect(Collectors.joining(", "));
            if (campaign.budget().maxCost() != null && !free.isEmpty()) {
                findings.add(Finding.warn(
                        "campaign " + campaign.name(),
                        "max_cost is set, but calls by these gateways have no price and count as free: " + free,
                        "set cost_per_minute in table gateways, or max_minutes of the campaign"));
            }
        }
    }

    private void lookForEmergencies(List<Campaign> campaigns) {
        campaigns.stream()
                .filter(campaign -> campaign.emergency() != null)
                .forEach(campaign -> findings.add(Finding.warn(
                        "campaign " + campaign.name(),
                        "it is an emergency campaign, which asks no do-not-call list and no calling rule: "
                                + Printable.line(campaign.emergency()),
                        "set column emergency to NULL when the emergency is over")));
    }

    void lookAtTimetables() throws SQLException {
        List<TimetableRow> rows = new TimetableRows(dataSource)
                .all().stream().map(row -> new TimetableRow(row, zone)).toList();
        List<TimetableRow> wrong =
                rows.stream().filter(row -> !row.problems().isEmpty()).toList();
        wrong.forEach(row -> findings.add(Finding.fail(
                "timetable " + row.title(),
                String.join("; ", row.problems()),
                "correct that; the row has no effect until then")));
        if (!rows.isEmpty() && wrong.isEmpty()) {
            findings.add(Finding.ok("timetables", rows.size() + " rows"));
        }
    }

    /**
     * Tries the statements themselves, too: tables of old installations may accept a statement but not the values that
     * it writes.
     */
    void lookAtStatements(List<Campaign> dialable) throws SQLException {
        StatementTrial trial = new StatementTrial(dataSource);
        boolean all = accepts("campaigns", trial.ofCampaigns()) & accepts("campaign_phones", trial.ofCampaignPhones());
        for (String list : dialable.stream()
                .map(Campaign::destinationList)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new))) {
            if (isComplete(list)) {
                all &= accepts(list, trial.ofList(list));
            }
        }
        if (all) {
            findings.add(Finding.ok("statements", "the server and its tables accept all statements of the dialler"));
        }
    }

    private boolean accepts(String table, Optional<SQLException> refused) {
        refused.ifPresent(fault -> findings.add(
                DatabaseFault.of(fault) == DatabaseFault.LOCKED
                        ? Finding.warn(
                                "statements",
                                "another session has locked table " + table + ": " + DatabaseWords.of(fault),
                                "check again when it is unlocked")
                        : Finding.fail(
                                "statements",
                                "table " + table + " refuses a statement of the dialler: " + DatabaseWords.of(fault),
                                "correct the table or grant the right; its numbers are not dialled until then")));
        return refused.isEmpty();
    }

    void lookAtErased() throws SQLException {
        long callable = survey.callableErased(
                settings.calls().eraseKey().map(EraseKey::sum).orElse("none"));
        if (callable > 0) {
            findings.add(Finding.fail(
                    "erased persons",
                    callable
                            + " of their numbers were hashed by another callout.erase-key, so that this node could not see"
                            + " that they must not be called: its campaigns are idle",
                    "set callout.erase-key to what it was when they were erased"));
        }
    }

    void lookAtLists() throws SQLException {
        survey.misreadLists()
                .forEach((list, remedy) -> findings.add(Finding.warn(
                        "list " + list,
                        "it was created under sql_mode EMPTY_STRING_IS_NULL, so Callout reads its finished numbers"
                                + " again and again",
                        "run " + remedy)));
    }
}
