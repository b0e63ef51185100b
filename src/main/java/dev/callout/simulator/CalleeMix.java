package dev.callout.simulator;

import java.time.Duration;
import java.util.Map;

/** Callees drawn from distributions, the same each time for the same seed. */
public final class CalleeMix implements Callee {

    /**
     * @param seed       of the random numbers
     * @param answerRate share of calls that are answered, 0 to 1
     * @param ring       mean ring time of an answered call; drawn uniformly between half and one and a half of it
     * @param talk       mean talk time; drawn from an exponential distribution, cut off at five times the mean
     * @param refusals   SIP status → weight among the calls that are not answered; 0 stands for a callee who lets it ring
     */
    public CalleeMix(long seed, double answerRate, Duration ring, Duration talk, Map<Integer, Double> refusals) {
    }

    @Override
    public CalleePlan receive(IncomingCall call) {
        throw new UnsupportedOperationException();
    }
}
