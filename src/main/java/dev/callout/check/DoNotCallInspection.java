package dev.callout.check;

import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.Printable;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.settings.Settings;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.DatabaseSurvey;
import dev.callout.store.donotcall.DoNotCallEntries;
import dev.callout.store.donotcall.Register;
import dev.callout.store.schema.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Checks the do-not-call lists: which of their entries keep nobody from being called. */
final class DoNotCallInspection {

    /** So many entries are named; the others are counted. */
    private static final int NAMED = 5;

    /** An extension, or another number, behind a number: no campaign dials it so. */
    private static final Pattern MORE_BEHIND = Pattern.compile("\\+?\\d{6,}\\p{L}+\\d+");

    private final Settings settings;
    private final DataSource dataSource;
    private final DatabaseSurvey survey;
    private final List<Finding> findings;

    /** @param findings to which the findings are added */
    DoNotCallInspection(Settings settings, DataSource dataSource, DatabaseSurvey survey, List<Finding> findings) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.survey = survey;
        this.findings = findings;
    }

    /** The entries of a list that have something in common. */
    private static final class Entries {
        private final List<String> first = new ArrayList<>();
        private long count;

        private void add(String text) {
            if (count++ < NAMED) {
                first.add("'" + Printable.of(text) + "'");
            }
        }

        private String named() {
            return String.join(", ", first) + (count > NAMED ? " and others" : "");
        }
    }

    void look() throws SQLException {
        Optional<String> remedy = new Schema(dataSource).unheededRemedy();
        if (remedy.isPresent()) {
            findings.add(Finding.fail(
                    "do-not-call list",
                    "its entries prevent no call, because the database does not read them as numbers are dialled",
                    "start this version of Callout, which corrects that, or run " + remedy.get()));
            return;
        }
        DoNotCallEntries entries = new DoNotCallEntries(dataSource);
        Optional<Country> ofAll = countryOfAll();
        for (Register register : entries.registers()) {
            lookAt(entries, register, ofAll);
        }
        for (DoNotCallList list : survey.namedLists()) {
            list.warning()
                    .ifPresent(text -> findings.add(Finding.warn(
                            "do-not-call list " + list.name(), text, "load it again: callout do-not-call import")));
        }
    }

    /** As the nodes choose it: {@code callout.country}, or the only country that campaigns have. */
    private Optional<Country> countryOfAll() throws SQLException {
        if (settings.calls().country().isPresent()) {
            return settings.calls().country();
        }
        List<String> ofCampaigns = survey.campaigns(new CampaignDefaults(null, null)).stream()
                .map(row -> row.campaign().country())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return ofCampaigns.size() == 1 ? Optional.of(Country.of(ofCampaigns.get(0))) : Optional.empty();
    }

    private void lookAt(DoNotCallEntries entries, Register register, Optional<Country> ofAll) throws SQLException {
        Optional<Country> country;
        try {
            country = register.country() == null ? ofAll : Optional.of(Country.of(register.country()));
        } catch (IllegalArgumentException e) {
            findings.add(Finding.fail(
                    subject(register),
                    "its country " + e.getMessage(),
                    "correct it in table do_not_call_lists; campaigns that name the list are idle until then"));
            return;
        }
        if (register.name() != null && country.isEmpty()) {
            findings.add(Finding.warn(
                    subject(register),
                    "by which country its numbers are read is not known, so they prevent no call",
                    "set its country in table do_not_call_lists, or callout.country"));
            return;
        }
        Entries useless = new Entries();
        Entries withoutPlus = new Entries();
        entries.each(register, country.isEmpty(), text -> {
            if (!isHeeded(register, text, country)) {
                useless.add(text);
            } else if (country.isEmpty() && !text.strip().startsWith("+")) {
                withoutPlus.add(text);
            }
        });
        if (useless.count > 0) {
            findings.add(Finding.warn(
                    subject(register),
                    useless.count + " of its entries match no number, so they prevent no call: " + useless.named(),
                    "write each as one number, such as +493023125999"));
        }
        if (withoutPlus.count > 0 && survey.hasNumbersWithPlus()) {
            findings.add(Finding.warn(
                    subject(register),
                    withoutPlus.count + " of its entries begin without +, and match only numbers that are written"
                            + " without it: " + withoutPlus.named(),
                    "set callout.country, so that each form of a number is heeded, or write +"));
        }
    }

    private static String subject(Register register) {
        return register.name() == null ? "do-not-call list" : "do-not-call list " + register.name();
    }

    private boolean isHeeded(Register register, String text, Optional<Country> country) {
        if (country.isPresent() && isTelephone(text, country.get())) {
            return true;
        }
        return register.name() == null && isHeededBySpelling(text);
    }

    private static boolean isTelephone(String text, Country country) {
        try {
            TelephoneReader.read(text, country);
            return true;
        } catch (UndialableException e) {
            // That is the answer.
            return false;
        }
    }

    /** Whether a number of this spelling would be dialled, and be found in the list then. */
    private boolean isHeededBySpelling(String text) {
        try {
            String listed =
                    PhoneNumber.of(text, settings.calls().numberPattern()).listed();
            return listed.equals(PhoneNumber.withoutSeparators(text).toLowerCase(Locale.ROOT))
                    && !MORE_BEHIND.matcher(listed).matches();
        } catch (UndialableException e) {
            // That is the answer.
            return false;
        }
    }
}
