package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.Printable;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.NeverDialled;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.settings.Settings;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseSurvey;
import dev.callout.store.DatabaseWords;
import dev.callout.store.NumberSurvey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * Tries what a country would make of the numbers of each campaign, before {@code callout.country} is set. Reads all
 * numbers, in eight bytes of memory each.
 */
public final class TelephoneInspection {

    private static final int FIRST = 5;

    private final Settings settings;
    private final DataSource dataSource;
    private final Country country;
    private final NumberSurvey survey;

    /** @param country that of campaigns which name none */
    public TelephoneInspection(Settings settings, DataSource dataSource, Country country) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.country = country;
        this.survey = new NumberSurvey(dataSource);
    }

    /** What the numbers of one campaign are. */
    private static final class Tally {

        private final LongStream.Builder telephones = LongStream.builder();
        private final Refused notNumbers = new Refused();
        private final Refused ambiguous = new Refused();
        private final Refused never = new Refused();
        private long unknown;
    }

    /** Numbers that are refused for one reason; the first of them are named. */
    private static final class Refused {

        private final List<String> first = new ArrayList<>();
        private long count;

        private void add(String number) {
            count++;
            if (first.size() < FIRST) {
                first.add("'" + Printable.of(number == null ? "" : number) + "'");
            }
        }

        private Optional<String> text(String what) {
            return count == 0
                    ? Optional.empty()
                    : Optional.of(
                            count + " " + what + " (" + String.join(", ", first) + (count > FIRST ? ", …)" : ")"));
        }
    }

    /** Returns a finding for each campaign. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            DatabaseSurvey survey = new DatabaseSurvey(dataSource);
            CampaignDefaults defaults = new CampaignDefaults(
                    settings.calls().timezone().orElse(null),
                    country,
                    null,
                    settings.calls().callingRules(),
                    survey.callingRules());
            for (CampaignRow row : survey.campaigns(defaults)) {
                Campaign campaign = row.campaign();
                String subject = "telephones of campaign " + campaign.name();
                if (campaign.country() == null) {
                    findings.add(Finding.ok(subject, "its country is none, so its numbers need be no telephones"));
                } else if (campaign.problems().isEmpty()) {
                    findings.add(finding(subject, campaign));
                }
            }
        } catch (SQLException e) {
            findings.add(Finding.fail("telephones", DatabaseWords.of(e), "correct that, and check again"));
        }
        return findings;
    }

    private Finding finding(String subject, Campaign campaign) throws SQLException {
        Country its = Country.of(campaign).orElseThrow();
        NumberRules rules = settings.calls().numberRules();
        Tally tally = new Tally();
        survey.numbers(campaign, number -> count(rules, number, its, tally));
        long[] telephones = tally.telephones.build().sorted().toArray();
        long duplicates =
                telephones.length - Arrays.stream(telephones).distinct().count();
        long forbidden = countOf(telephones, forbidden(campaign, its));
        List<String> parts = new ArrayList<>(List.of(telephones.length + " telephones in " + its.iso()));
        tally.notNumbers.text("not numbers").ifPresent(parts::add);
        tally.ambiguous.text("ambiguous").ifPresent(parts::add);
        tally.never.text("never dialled").ifPresent(parts::add);
        parts.add(duplicates + " duplicates");
        parts.add(forbidden + " on do-not-call lists");
        parts.add(tally.unknown + " that libphonenumber does not know");
        return Finding.okIf(
                tally.notNumbers.count + tally.ambiguous.count + tally.never.count == 0,
                Finding.Result.WARN,
                subject,
                String.join(", ", parts),
                "correct these numbers, or set the campaign's country to none; with a country they are not dialled");
    }

    private static void count(NumberRules rules, String number, Country country, Tally tally) {
        try {
            NumberRules.Judged judged = rules.judge(number, Optional.of(country));
            tally.telephones.add(toLong(judged.telephone().orElseThrow().e164()));
            if (judged.isUnknown()) {
                tally.unknown++;
            }
        } catch (UndialableException e) {
            switch (e.hangupCause()) {
                case TelephoneReader.NUMBER_AMBIGUOUS -> tally.ambiguous.add(number);
                case NeverDialled.NEVER_DIALLED -> tally.never.add(number);
                default -> tally.notNumbers.add(number);
            }
        }
    }

    /** The telephones that must not be called, in order. */
    private long[] forbidden(Campaign campaign, Country its) throws SQLException {
        LongStream.Builder forbidden = LongStream.builder();
        survey.doNotCall(number -> {
            try {
                forbidden.add(toLong(TelephoneReader.read(number, its).e164()));
            } catch (UndialableException e) {
                // Such an entry binds by its spelling only, which is no telephone.
                return;
            }
        });
        survey.doNotCallOf(campaign, e164 -> forbidden.add(toLong(e164)));
        return forbidden.build().sorted().toArray();
    }

    private static long countOf(long[] telephones, long[] sorted) {
        return Arrays.stream(telephones)
                .distinct()
                .filter(telephone -> Arrays.binarySearch(sorted, telephone) >= 0)
                .count();
    }

    private static long toLong(String e164) {
        return Long.parseLong(e164.substring(1));
    }
}
