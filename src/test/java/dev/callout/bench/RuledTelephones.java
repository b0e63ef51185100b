package dev.callout.bench;

import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.rules.Cap;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.rules.BindingRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Numbers of a campaign in the United States, in four time zones. Calling rules ask for the callee's hour and allow three calls
 * in a day. Each telephone has been called once before. Most numbers are closed.
 */
final class RuledTelephones {

    private static final Country COUNTRY = Country.of("US");
    private static final BindingRules BINDING = new BindingRules(
            new CallingRules(
                    List.of(new CallingRule(
                            "bench",
                            "US",
                            new Schedule(List.of(new ScheduleRecord(1, 7, 0, 86_399))),
                            List.of(new Cap(3, Duration.ofDays(1))),
                            null,
                            null,
                            false,
                            false)),
                    null,
                    null),
            COUNTRY,
            null);
    private static final String NUMBER =
            "CONCAT('+1', ELT(1 + seq % 4, '212', '312', '303', '213'), 2000000 + seq DIV 4)";
    private static final String CALL = "CONCAT('00000000-0000-7000-8000-', LPAD(HEX(seq), 12, '0'))";

    private RuledTelephones() {}

    /**
     * Fills the tables before their indexes, with statements that read nothing back, so that ten million rows take minutes.
     *
     * @param closed per cent of the numbers that the rules keep closed
     */
    static List<String> statements(int rows, int closed) {
        String isClosed = "seq % 100 < " + closed;
        return List.of(
                "ALTER TABLE campaign_phones DROP INDEX callout_open, DROP INDEX callout_open_shuffle,"
                        + " DROP INDEX callout_owner, DROP INDEX callout_by_telephone",
                // The last column is what callout_inputs is for a row of campaign 1 without caller ID, time zone and
                // consent.
                "INSERT INTO campaign_phones (i_campaign_phone, i_campaign, cld, e164, e164_read, callout_expires,"
                        + " rule_not_before, rule_version, callout_rule_inputs) SELECT seq, 1, " + NUMBER + ", "
                        + NUMBER
                        + ", CONCAT('" + TelephoneReader.version(COUNTRY) + "/', CRC32(" + NUMBER + ")), '2020-01-01',"
                        + " IF(" + isClosed + ", '2100-01-01', NULL), IF(" + isClosed + ", '" + BINDING.version()
                        + "', NULL), IF(" + isClosed + ", CRC32(" + NUMBER + ") + 26, NULL) FROM seq_1_to_" + rows,
                "INSERT INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires) SELECT " + NUMBER
                        + ", " + CALL + ", 1, '', seq, '2020-01-01' FROM seq_1_to_" + rows + " ORDER BY seq % 4, seq",
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status, setup_time)"
                        + " SELECT " + CALL + ", 1, seq, " + NUMBER + ", 1, 'failure', UTC_TIMESTAMP() FROM seq_1_to_"
                        + rows + " WHERE NOT " + isClosed,
                "INSERT INTO do_not_call (number, e164) SELECT CONCAT('+1415', 2000000 + seq),"
                        + " CONCAT('+1415', 2000000 + seq) FROM seq_1_to_100000");
    }

    /** Returns a statement by which the telephones of rows have been called as often as before a claim. */
    static String asBefore(String rows) {
        return "UPDATE telephones AS t JOIN campaign_phones AS p USING (e164) SET t.call_uuid = "
                + CALL.replace("seq", "p.i_campaign_phone") + ", t.recent = NULL, t.expires = '2020-01-01'"
                + " WHERE p.i_campaign_phone IN (" + rows + ")";
    }

    /** The same order in the country and by the rules. */
    static ClaimOrder order(ClaimOrder order) {
        return new ClaimOrder(
                order.campaign(),
                order.owner(),
                order.now(),
                order.share(),
                order.horizon(),
                order.shuffled(),
                order.allowance(),
                order.cursor(),
                order.nextDial(),
                order.returned(),
                Optional.of(COUNTRY),
                Optional.empty(),
                false,
                Optional.of(BINDING));
    }
}
