package dev.callout.dialler.dial;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.dial.CallOrder;
import dev.callout.campaign.dial.CallerId;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.gateway.Callee;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.CallHeaders;
import dev.callout.dialler.attempt.Rendered;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.store.variables.VarsColumn;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/** Prepares a claimed number for dialling. */
public final class Dialling {

    /** The header that gives the route's throttle its limit; it counts by {@link CallHeaders#CAMPAIGN}. */
    private static final String MAX_CONCURRENT_CALLS = "CalloutMaxConcurrentCalls";

    private static final int PER_CENT = 100;

    private final DialString dialString;
    private final GatewayTable gateways;
    private final Supplier<Optional<String>> callerId;
    private final Supplier<NumberRules> rules;
    private final Allowance allowance;
    private final RandomSources random;
    private final Supplier<String> recordings;
    private final Campaigns campaigns;

    /**
     * @param gateways   what is known of gateways and caller IDs
     * @param callerId   gives {@code callout.caller-id}; empty: none
     * @param rules      gives how numbers are judged and dialled
     * @param recordings gives {@code callout.recordings}
     */
    public Dialling(
            DialString dialString,
            GatewayTable gateways,
            Supplier<Optional<String>> callerId,
            Supplier<NumberRules> rules,
            Allowance allowance,
            RandomSources random,
            Supplier<String> recordings,
            Campaigns campaigns) {
        this.dialString = dialString;
        this.gateways = gateways;
        this.callerId = callerId;
        this.rules = rules;
        this.allowance = allowance;
        this.random = random;
        this.recordings = recordings;
        this.campaigns = campaigns;
    }

    /**
     * Starts with a clean message, because headers of whatever asked for the claim may still be on it. Sets what the
     * route's throttle uses for counting, as the campaign's row was last read.
     */
    public void takeUp(Exchange exchange, @Body Attempt attempt) {
        exchange.getMessage().removeHeaders("*");
        exchange.setProperty(Attempt.PROPERTY, attempt);
        exchange.getMessage().setHeader(CallHeaders.CAMPAIGN, attempt.campaign().id());
        exchange.getMessage()
                .setHeader(
                        MAX_CONCURRENT_CALLS,
                        campaigns.latest(attempt.campaign()).pacing().maxConcurrentCalls());
    }

    /**
     * Draws whether the call will be cancelled, how long it may last, and whether it is recorded, and writes its dial string.
     *
     * @throws UndialableException if the number or its campaign cannot be dialled safely
     * @throws NotNowException     if its gateway may not be used any more
     */
    public void render(@Body Attempt attempt) throws UndialableException, NotNowException {
        int ceiling = (int) allowance.longestTalk().toSeconds();
        RandomGenerator source = random.of(attempt.campaign().id());
        boolean cancelled = attempt.campaign().talkTime().cancelRatio() > 0
                && source.nextInt(PER_CENT) < attempt.campaign().talkTime().cancelRatio();
        OptionalInt drawn =
                attempt.campaign().talkTime().duration().draw(attempt.number().duration(), ceiling, source);
        String recording = isRecorded(attempt, source) ? recordings.get() + "/" + attempt.callUuid() + ".wav" : null;
        NumberRules numberRules = rules.get();
        Optional<Country> country = Country.of(attempt.campaign());
        NumberRules.Judged judged = numberRules.judge(attempt.number().cld(), country);
        PhoneNumber number = judged.dialled();
        Gateway gateway = gateways.of(attempt);
        if (!gateway.isUsable()) {
            throw new NotNowException("its gateway has been changed since it was chosen");
        }
        CallOrder.Way way = new CallOrder.Way(
                gateway.name(),
                numberRules.leaving(judged, country, gateway.form()),
                gateway.codecs(),
                gateway.identity());
        String callerId = callerId(attempt, gateway);
        requireCallerId(attempt, callerId, gateway);
        CallOrder order = new CallOrder(
                UUID.fromString(attempt.callUuid()),
                number,
                callerId,
                drawn.orElse(ceiling),
                cancelled,
                new CallOrder.Choice(
                        way,
                        attempt.choice().variables(),
                        VarsColumn.read(attempt.number().vars()),
                        recording));
        String line = dialString.render(attempt.campaign(), order);
        String shown = CallerId.shown(attempt.campaign(), order);
        attempt.rendered(new Rendered(line, number.dialable(), shown, drawn.isPresent(), recording));
    }

    /** Decided once for all legs of an attempt, however often they are rendered. */
    private static boolean isRecorded(Attempt attempt, RandomGenerator source) {
        if (attempt.rendered().dialString() != null) {
            return attempt.rendered().recording() != null;
        }
        return attempt.before() == null
                ? attempt.campaign().onAnswer().recording().draw(source)
                : attempt.before().attempt().rendered().recording() != null;
    }

    /** The claim has asked the calling rules, but it does not know yet what a pool gives. */
    private void requireCallerId(Attempt attempt, String chosen, Gateway gateway) throws UndialableException {
        String shown =
                chosen == null ? SafeText.orNull(attempt.campaign().wayOut().callerId()) : chosen;
        boolean hidden = gateway.identity().hidden();
        String telephone = attempt.number().e164();
        Optional<String> problem = telephone == null
                ? Optional.empty()
                : campaigns.callingRules(attempt.campaign().id()).callerIdProblem(telephone, hidden ? null : shown);
        if (problem.isPresent() && hidden) {
            throw UndialableException.campaign(
                    problem.get() + ": gateway " + gateway.name() + " hides it, see column privacy of table gateways");
        }
        if (problem.isPresent()) {
            throw shown == null
                    ? UndialableException.campaign(problem.get())
                    : UndialableException.number(problem.get());
        }
    }

    /** Returns what goes before the campaign's {@code cli}, or stands for it if that is not set; null: nothing does. */
    private String callerId(Attempt attempt, Gateway gateway) {
        String own = SafeText.orNull(attempt.number().callerId());
        if (own != null) {
            return own;
        }
        WaysOut waysOut = gateways.waysOut();
        Callee callee = GatewayTable.callee(attempt);
        Optional<String> ofCampaign =
                waysOut.pool(attempt.campaign().wayOut().callerIdPool()).flatMap(pool -> pool.shownTo(callee));
        if (ofCampaign.isPresent()
                || SafeText.orNull(attempt.campaign().wayOut().callerId()) != null) {
            return ofCampaign.orElse(null);
        }
        String common = waysOut.pool(gateway.callerIdPool())
                .flatMap(pool -> pool.shownTo(callee))
                .or(callerId)
                .orElse(null);
        if (common == null) {
            campaigns.warn(attempt.campaign(), WaysOut.NO_CALLER_ID);
        }
        return common;
    }
}
