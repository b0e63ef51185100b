package dev.callout.dialler;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import dev.callout.campaign.DialString;
import dev.callout.campaign.PhoneNumber;
import dev.callout.campaign.UndialableException;
import dev.callout.store.DatabaseClock;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/** The steps of the route that dials a claimed number, but for its waits. */
public final class Dialling {

    /** The exchange property that holds the attempt while the body is something else. */
    static final String ATTEMPT = "CalloutAttempt";

    private static final int PER_CENT = 100;

    private final DialString dialString;
    private final Pattern numberPattern;
    private final Allowance allowance;
    private final RandomSources random;
    private final Pace pace;
    private final Lease lease;
    private final Campaigns campaigns;
    private final DatabaseClock clock;
    private volatile boolean stopping;

    Dialling(DialString dialString, Pattern numberPattern, Allowance allowance, RandomSources random, Pace pace, Lease lease,
            Campaigns campaigns, DatabaseClock clock) {
        this.dialString = dialString;
        this.numberPattern = numberPattern;
        this.allowance = allowance;
        this.random = random;
        this.pace = pace;
        this.lease = lease;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /**
     * Begins with a clean message, for headers of whatever asked for the claim may hang on to it, and sets what the route's
     * throttle counts by, as the campaign's row was last read.
     */
    public void takeUp(Exchange exchange, @Body Attempt attempt) {
        exchange.getMessage().removeHeaders("*");
        exchange.setProperty(ATTEMPT, attempt);
        exchange.getMessage().setHeader("CalloutCampaign", attempt.campaign().id());
        exchange.getMessage().setHeader("CalloutMaxConcurrentCalls",
                campaigns.latest(attempt.campaign()).maxConcurrentCalls());
    }

    /**
     * Draws whether the call is to be cancelled and how long it may last, and writes its dial string.
     *
     * @throws UndialableException if the number or its campaign cannot be dialled safely
     */
    public void render(@Body Attempt attempt) throws UndialableException {
        int ceiling = (int) allowance.longestTalk().toSeconds();
        RandomGenerator source = random.of(attempt.campaign().id());
        boolean cancelled = attempt.campaign().cancelRatio() > 0 && source.nextInt(PER_CENT) < attempt.campaign().cancelRatio();
        OptionalInt drawn = attempt.campaign().duration().draw(attempt.number().duration(), ceiling, source);
        PhoneNumber number = PhoneNumber.of(attempt.number().cld(), numberPattern);
        String line = dialString.render(attempt.campaign(), new dev.callout.campaign.Dialling(UUID.fromString(attempt.callUuid()),
                number, attempt.number().callerId(), drawn.orElse(ceiling), cancelled));
        attempt.rendered(line, number, drawn.isPresent());
    }

    /**
     * Looks once more, right before the originate: the sent mark has asked the database; here are the lease, the schedule,
     * and whether the call comes too late behind its instant.
     *
     * @throws NotNowException if one of them says no
     */
    public void lastLook(Exchange exchange, @Body Attempt attempt) throws NotNowException {
        if (stopping) {
            throw new NotNowException("this node is stopping");
        }
        if (pace.tooLate(attempt)) {
            throw new NotNowException("it would come too close to the campaign's next call");
        }
        Instant now = clock.now();
        if (!campaigns.latest(attempt.campaign()).open(now)) {
            throw new NotNowException("its schedule has closed");
        }
        exchange.getMessage().setBody(attempt.dialString());
        exchange.getMessage().setHeader(EslHeaders.SWITCH, attempt.switchName());
        exchange.getMessage().setHeader(EslHeaders.CALL_UUID, attempt.callUuid());
        exchange.getMessage().setHeader(EslHeaders.LATEST_END,
                System.currentTimeMillis() + allowance.of(attempt.campaign()).toMillis());
        if (!lease.heldAs(attempt.owner())) {
            throw new NotNowException("this node has lost its lease");
        }
    }

    /** From now on nothing more is dialled. */
    void stop() {
        stopping = true;
    }
}
