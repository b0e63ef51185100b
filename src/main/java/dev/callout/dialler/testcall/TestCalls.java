package dev.callout.dialler.testcall;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.NotNowException;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.outcome.LegUuid;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.campaign.telephone.Telephone;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.node.RightToDial;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.settings.CallSettings;
import dev.callout.store.CampaignRow;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.EarlierState;
import dev.callout.store.testcall.TestCallRows;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/**
 * Begins test calls. A test call goes by the campaign's settings and, as far as possible, by the same steps as the calls of
 * the campaign, whether it is paused, not started or closed. It is no attempt of a number: it counts nowhere but in the
 * limits of its gateway and its switch.
 */
public final class TestCalls {

    /** How long a test call may take until it is sent. After that it is given up. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String QUEUE = "seda:test-call?size=100";

    private final CamelContext camelContext;
    private final TestCallRows rows;
    private final CampaignControl control;
    private final Campaigns campaigns;
    private final CalloutTables tables;
    private final Attempts attempts;
    private final Ways ways;
    private final Supplier<CallSettings> settings;
    private final DatabaseClock clock;

    /**
     * Where calls leave.
     *
     * @param right whether this node may make calls
     */
    public record Ways(RightToDial right, Switches switches, Gateways gateways, GatewayTable table) {}

    /** @param settings gives how numbers are judged */
    public TestCalls(
            CamelContext camelContext,
            TestCallRows rows,
            CampaignControl control,
            Campaigns campaigns,
            CalloutTables tables,
            Attempts attempts,
            Ways ways,
            Supplier<CallSettings> settings,
            DatabaseClock clock) {
        this.camelContext = camelContext;
        this.rows = rows;
        this.control = control;
        this.campaigns = campaigns;
        this.tables = tables;
        this.attempts = attempts;
        this.ways = ways;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Begins a test call. What happens to it is in its row.
     *
     * @param campaign the {@code i_campaign}
     * @param number   a number of table {@code test_numbers}, in any form in which the campaign reads it
     * @param contact  a number of the campaign, as it is written there, whose variables the call gets; null: none
     * @return the call's uuid
     * @throws TestCallRefusedException if it cannot be made
     */
    public String begin(long campaign, String number, String contact) throws SQLException, TestCallRefusedException {
        String owner = owner();
        // Whoever tries a gateway may have changed it a moment ago.
        ways.table().read();
        CampaignRow row = control.read(campaign);
        Optional<String> problem = campaigns.problem(row);
        if (problem.isPresent()) {
            throw TestCallRefusedException.because(
                    "The campaign calls nobody until this is corrected: " + problem.get());
        }
        TestCallRows.TestNumber found = find(number, row.campaign());
        NumberRules.Judged judged = judge(found.number(), row.campaign());
        requireWay(row.campaign());
        Instant now = clock.now();
        if (rows.isForbidden(listed(row, judged), now)) {
            throw TestCallRefusedException.because(TestCallSteps.FORBIDDEN);
        }
        TestCallRows.Contact ofContact = contact(row.campaign(), contact);
        TestCallRows.Begun begun = new TestCallRows.Begun(
                found,
                LegUuid.ofNoRow(now),
                campaign,
                ofContact == null ? null : ofContact.row(),
                owner,
                now,
                now.plus(PATIENCE));
        if (!rows.begin(begun)) {
            throw TestCallRefusedException.because(
                    "A test call to this number is in progress, or somebody has just removed the number");
        }
        send(begun, attempt(begun, row, judged, ofContact == null ? null : ofContact.vars()));
        return begun.call();
    }

    private String owner() throws TestCallRefusedException {
        try {
            ways.right().check();
            ways.right().requireNotStopped();
        } catch (NotNowException e) {
            throw TestCallRefusedException.because("No call can be made: " + e.getMessage());
        }
        String owner = ways.right().claimant();
        if (owner == null || !clock.isMeasured()) {
            throw TestCallRefusedException.because(
                    "No call can be made: this node holds no lease now; /health says more, try again in some seconds");
        }
        return owner;
    }

    private void requireWay(Campaign campaign) throws TestCallRefusedException {
        if (!ways.switches().anyAnswers()) {
            throw TestCallRefusedException.because("No switch answers; callout check says why");
        }
        String rest = ways.gateways().rest(ways.switches().answering(), campaign);
        if (rest != null) {
            throw TestCallRefusedException.because(rest);
        }
    }

    private TestCallRows.TestNumber find(String wanted, Campaign campaign)
            throws SQLException, TestCallRefusedException {
        String plain = PhoneNumber.withoutSeparators(wanted);
        Optional<Telephone> telephone = telephone(wanted, campaign);
        return rows.numbers().stream()
                .filter(one -> PhoneNumber.withoutSeparators(one.number()).equals(plain)
                        || telephone.isPresent() && telephone.equals(telephone(one.number(), campaign)))
                .findFirst()
                .orElseThrow(() -> TestCallRefusedException.unknown(
                        "This is no test number: an admin adds it to table test_numbers first"));
    }

    private Optional<Telephone> telephone(String number, Campaign campaign) {
        try {
            return settings.get()
                    .numberRules()
                    .judge(number, Country.of(campaign))
                    .telephone();
        } catch (UndialableException e) {
            return Optional.empty();
        }
    }

    private NumberRules.Judged judge(String number, Campaign campaign) throws TestCallRefusedException {
        try {
            return settings.get().numberRules().judge(number, Country.of(campaign));
        } catch (UndialableException e) {
            throw TestCallRefusedException.because(e);
        }
    }

    private TestCallRows.Listed listed(CampaignRow row, NumberRules.Judged judged) {
        return new TestCallRows.Listed(
                judged.dialled().listed(),
                judged.telephone().map(Telephone::e164).orElse(null),
                row.doNotCallLists(),
                settings.get().eraseKey());
    }

    /** @return null for no contact */
    private TestCallRows.Contact contact(Campaign campaign, String contact)
            throws SQLException, TestCallRefusedException {
        if (SafeText.orNull(contact) == null) {
            return null;
        }
        if (campaign.destinationList() != null) {
            throw TestCallRefusedException.unknown(
                    "The campaign dials from the table of its destination_list, whose numbers are no contacts of test calls");
        }
        return rows.contact(campaign.id(), contact)
                .orElseThrow(() -> TestCallRefusedException.unknown(
                        "The contact is no number of the campaign: write it as it is written there"));
    }

    private TestCall attempt(TestCallRows.Begun begun, CampaignRow row, NumberRules.Judged judged, String vars) {
        ClaimedNumber number = new ClaimedNumber(
                begun.campaign(),
                0,
                begun.number().number(),
                judged.telephone().map(Telephone::e164).orElse(null),
                null,
                1,
                begun.call(),
                begun.now(),
                begun.expires(),
                null,
                null,
                vars,
                new EarlierState(0, null, null, null, null, null, null));
        Attempt attempt = Attempt.claimed(
                row.campaign(),
                number,
                tables.of(null),
                begun.owner(),
                clock.steady().instant());
        attempt.departure().takesNoInstant();
        return new TestCall(attempt, listed(row, judged));
    }

    private void send(TestCallRows.Begun begun, TestCall call) throws SQLException, TestCallRefusedException {
        attempts.addTest(call.attempt());
        try (ProducerTemplate template = camelContext.createProducerTemplate()) {
            template.sendBody(QUEUE, call);
        } catch (CamelExecutionException | IOException e) {
            attempts.removeTest(call.attempt());
            String reason = "too many test calls wait, or route test-call is halted";
            rows.end(TestCallSteps.refused(begun.call(), clock.now(), null, reason));
            throw TestCallRefusedException.because(reason);
        }
    }

    /** Returns a test call as its row has it, times in UTC; empty if there is none of this uuid. */
    public Optional<Map<String, Object>> read(String call) throws SQLException {
        return rows.read(call);
    }
}
