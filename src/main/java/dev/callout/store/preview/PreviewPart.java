package dev.callout.store.preview;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.rules.CalledParty;
import dev.callout.campaign.rules.PastCall;
import dev.callout.campaign.rules.RuleVerdict;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.campaign.telephone.Telephone;
import dev.callout.campaign.telephone.TelephonePlace;
import dev.callout.store.listed.Forbidden;
import dev.callout.store.rules.BindingRules;
import dev.callout.store.rules.RecentCalls;
import dev.callout.store.rules.RuledNumber;
import dev.callout.store.rules.SentCalls;
import dev.callout.store.sql.SqlText;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Judges some numbers of a campaign, by what claims and the last steps before a call judge by. */
final class PreviewPart {

    private static final Pattern ANY = Pattern.compile(".*");
    private static final String CALLS = SqlText.of("telephones/read");
    /** Rules and the campaign's own schedule open in turn at most so often before both are open, or nobody knows when. */
    private static final int MOST_OPENINGS = 50;

    private final PreviewTerms terms;
    private final Campaign campaign;
    private final Optional<Country> country;
    private final Map<Long, String> listed = new HashMap<>();
    private final Map<Long, String> telephones = new HashMap<>();
    private final Map<Long, UndialableException> refused = new HashMap<>();
    private final Map<String, Instant> forbidden = new HashMap<>();
    /** What calling rules ask about the numbers, if any bind the campaign. */
    private final Map<Long, CalledParty> parties = new HashMap<>();

    private final Set<String> reached = new HashSet<>();

    /** @param statements maps a file name to the statement for the campaign's table */
    PreviewPart(
            NamedParameterJdbcTemplate jdbc,
            PreviewTerms terms,
            UnaryOperator<String> statements,
            List<PreviewRow> numbers) {
        this.terms = terms;
        this.campaign = terms.campaign();
        this.country = Country.of(campaign);
        numbers.stream().filter(this::isOpen).forEach(this::read);
        if (campaign.emergency() == null) {
            forbidden.putAll(new Forbidden(jdbc, terms.at(), terms.eraseKey())
                    .telephones(listed.values(), telephones.values(), terms.doNotCallLists()));
        }
        if (terms.once() && !telephones.isEmpty()) {
            reached.addAll(jdbc.queryForList(
                    statements.apply("reached"),
                    Map.of("telephones", telephones.values(), "campaign", campaign.id(), "rows", telephones.keySet()),
                    String.class));
        }
        if (country.isPresent() && !terms.rules().isEmpty() && !telephones.isEmpty()) {
            askFor(
                    jdbc,
                    statements,
                    new BindingRules(
                            terms.rules(), country.get(), campaign.wayOut().shownCallerId()),
                    numbers);
        }
    }

    private void askFor(
            NamedParameterJdbcTemplate jdbc,
            UnaryOperator<String> statements,
            BindingRules binding,
            List<PreviewRow> numbers) {
        Map<String, List<PastCall>> past = binding.countCalls() ? past(jdbc) : Map.of();
        Map<Long, PreviewRow> rows = new HashMap<>();
        numbers.forEach(number -> rows.put(number.row(), number));
        jdbc.query(statements.apply("telephones"), Map.of("rows", telephones.keySet()), row -> {
            PreviewRow number = rows.get(row.getLong("i_campaign_phone"));
            String telephone = telephones.get(number.row());
            RuledNumber ruled = new RuledNumber(
                    number.row(),
                    telephone,
                    row.getString("timezone"),
                    number.callerId(),
                    row.getString("consent"),
                    null);
            parties.put(number.row(), ruled.party(binding, past.getOrDefault(telephone, List.of())));
        });
    }

    /** Returns the earlier calls to the telephones that have ended. */
    private Map<String, List<PastCall>> past(NamedParameterJdbcTemplate jdbc) {
        Map<String, RecentCalls> recent = new HashMap<>();
        jdbc.query(CALLS, Map.of("telephones", telephones.values()), row -> {
            recent.put(
                    row.getString("e164"),
                    RecentCalls.of(row.getString("recent")).with(row.getString("call_uuid"), false));
        });
        if (recent.isEmpty()) {
            return Map.of();
        }
        Map<String, PastCall> sent = SentCalls.of(
                jdbc,
                recent.values().stream()
                        .flatMap(calls -> calls.unknown().stream())
                        .toList());
        Map<String, List<PastCall>> past = new HashMap<>();
        recent.forEach(
                (telephone, calls) -> past.put(telephone, calls.resolved(sent).past()));
        return past;
    }

    private boolean isOpen(PreviewRow number) {
        return !number.inProgress() && !number.elsewhere() && !isFinished(number);
    }

    private boolean isFinished(PreviewRow number) {
        return number.finished()
                || !campaign.retrying().endless()
                        && number.callCount() >= campaign.retrying().maxAttempts();
    }

    private void read(PreviewRow number) {
        try {
            listed.put(number.row(), PhoneNumber.of(number.cld(), ANY).listed());
        } catch (UndialableException e) {
            // As for a claim: nobody can have asked not to be called at it in this form.
        }
        try {
            NumberRules.Judged judged = terms.numberRules().judge(number.cld(), country);
            judged.telephone().ifPresent(telephone -> telephones.put(number.row(), telephone.e164()));
        } catch (UndialableException e) {
            refused.put(number.row(), e);
        }
    }

    /** Returns the outlook of one of the numbers. */
    Previewed of(PreviewRow number) {
        if (number.inProgress()) {
            return of(number, Outlook.IN_PROGRESS, null, "a call to it is in progress");
        }
        if (number.elsewhere()) {
            return of(number, Outlook.ELSEWHERE, null, "another program has it in use");
        }
        if (isFinished(number)) {
            return of(number, Outlook.FINISHED, null, number.finished() ? number.end() : "no attempts are left");
        }
        String telephone = telephones.get(number.row());
        if (forbidden.containsKey(listed.get(number.row()))) {
            return listed(number, forbidden.get(listed.get(number.row())));
        }
        UndialableException refusal = refused.get(number.row());
        if (refusal != null) {
            return new Previewed(
                    number.row(),
                    number.cld(),
                    Outlook.NO_NUMBER,
                    null,
                    refusal.hangupCause(),
                    refusal.getMessage(),
                    null,
                    null);
        }
        if (forbidden.containsKey(telephone)) {
            return listed(number, forbidden.get(telephone));
        }
        if (reached.contains(telephone)) {
            return of(number, Outlook.DUPLICATE, null, "another number has reached its telephone");
        }
        return byTime(number, telephone);
    }

    private static Previewed listed(PreviewRow number, Instant until) {
        return of(number, Outlook.DO_NOT_CALL, until, "on a do-not-call list, or erased");
    }

    private Previewed byTime(PreviewRow number, String telephone) {
        Instant due = number.due() == null || number.due().isBefore(terms.at()) ? terms.at() : number.due();
        Instant start = campaign.nextOpening(due).orElse(null);
        if (start == null) {
            return of(number, Outlook.CLOSED, null, "the campaign's schedule does not open");
        }
        TelephonePlace place = null;
        CalledParty party = parties.get(number.row());
        if (party != null) {
            place = TelephonePlace.of(new Telephone(telephone));
            RuleVerdict first = terms.rules().judge(party, start);
            if (!first.allowed()) {
                return new Previewed(
                        number.row(),
                        number.cld(),
                        outlook(party, start, first),
                        first.notBefore() == null ? null : opening(party, first.notBefore()),
                        first.reason(),
                        null,
                        telephone,
                        place);
            }
        }
        Outlook outlook = start.isAfter(due) ? Outlook.CLOSED : due.isAfter(terms.at()) ? Outlook.LATER : Outlook.NOW;
        String reason = outlook == Outlook.NOW
                ? null
                : outlook == Outlook.LATER ? "it waits for its next attempt" : "the campaign's schedule is closed";
        return new Previewed(
                number.row(),
                number.cld(),
                outlook,
                outlook == Outlook.NOW ? null : start,
                reason,
                null,
                place == null ? null : telephone,
                place);
    }

    private Outlook outlook(CalledParty party, Instant at, RuleVerdict verdict) {
        if (verdict.notBefore() == null) {
            return Outlook.RULED_OUT;
        }
        return terms.rules().judgeHours(party.e164(), party.timezone(), at).allowed() ? Outlook.CAPPED : Outlook.CLOSED;
    }

    /** Returns the first instant at which rules and the campaign's own schedule let it be called; null: none is known. */
    private Instant opening(CalledParty party, Instant notBefore) {
        Instant from = notBefore;
        for (int i = 0; i < MOST_OPENINGS; i++) {
            Instant start = campaign.nextOpening(from).orElse(null);
            if (start == null) {
                return null;
            }
            RuleVerdict verdict = terms.rules().judge(party, start);
            if (verdict.allowed()) {
                return start;
            }
            if (verdict.notBefore() == null) {
                return null;
            }
            from = verdict.notBefore();
        }
        return null;
    }

    private static Previewed of(PreviewRow number, Outlook outlook, Instant from, String reason) {
        return new Previewed(number.row(), number.cld(), outlook, from, reason, null, null, null);
    }
}
