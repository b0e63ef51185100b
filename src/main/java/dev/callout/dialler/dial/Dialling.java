package dev.callout.dialler.dial;

import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.dial.CallOrder;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.CallHeaders;
import dev.callout.dialler.attempt.Rendered;
import dev.callout.dialler.campaigns.Campaigns;
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
    private final Supplier<NumberRules> rules;
    private final Allowance allowance;
    private final RandomSources random;
    private final Campaigns campaigns;

    /** @param rules gives how numbers are judged and dialled */
    public Dialling(
            DialString dialString,
            Supplier<NumberRules> rules,
            Allowance allowance,
            RandomSources random,
            Campaigns campaigns) {
        this.dialString = dialString;
        this.rules = rules;
        this.allowance = allowance;
        this.random = random;
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
     * Draws whether the call will be cancelled and how long it may last, and writes its dial string.
     *
     * @throws UndialableException if the number or its campaign cannot be dialled safely
     */
    public void render(@Body Attempt attempt) throws UndialableException {
        int ceiling = (int) allowance.longestTalk().toSeconds();
        if (SafeText.orNull(attempt.number().callerId()) == null
                && SafeText.orNull(attempt.campaign().wayOut().callerId()) == null) {
            campaigns.warn(
                    attempt.campaign(), "neither cli nor a number's callerid is set: callees see their own number");
        }
        RandomGenerator source = random.of(attempt.campaign().id());
        boolean cancelled = attempt.campaign().talkTime().cancelRatio() > 0
                && source.nextInt(PER_CENT) < attempt.campaign().talkTime().cancelRatio();
        OptionalInt drawn =
                attempt.campaign().talkTime().duration().draw(attempt.number().duration(), ceiling, source);
        PhoneNumber number = rules.get()
                .judge(attempt.number().cld(), Country.of(attempt.campaign()))
                .dialled();
        String line = dialString.render(
                attempt.campaign(),
                new CallOrder(
                        UUID.fromString(attempt.callUuid()),
                        number,
                        attempt.number().callerId(),
                        drawn.orElse(ceiling),
                        cancelled,
                        new CallOrder.Choice(
                                attempt.choice().gateway(), attempt.choice().variables())));
        attempt.rendered(new Rendered(line, number.dialable(), drawn.isPresent()));
    }
}
