package dev.callout.simulator.callee;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Callees drawn from distributions. The result of a call depends only on the seed, on the number, and on how many calls
 * this number has had. So the same campaign meets the same callees, in whatever order it is dialled.
 */
public final class CalleeMix implements Callee {

    /** In the map of refusals: a callee who lets it ring. */
    public static final int NO_ANSWER = 0;

    private final long seed;
    private final double answerRate;
    private final Duration ring;
    private final Duration talk;
    private final Map<Integer, Double> refusals;
    private final double weights;

    /**
     * @param seed       of the random numbers
     * @param answerRate share of calls that are answered, 0 to 1
     * @param ring       mean ring time before answer or refusal; drawn uniformly between half and one and a half of it
     * @param talk       mean talk time, drawn from an exponential distribution cut off at five times the mean, after
     *                   which the callee hangs up; null: callees stay until the dialler hangs up
     * @param refusals   SIP status, or {@link #NO_ANSWER}, and its weight among the calls that are not answered; empty:
     *                   all ring
     */
    public CalleeMix(long seed, double answerRate, Duration ring, Duration talk, Map<Integer, Double> refusals) {
        if (!(answerRate >= 0 && answerRate <= 1)) {
            throw new IllegalArgumentException("answer rate must be 0 to 1, not " + answerRate);
        }
        this.seed = seed;
        this.answerRate = answerRate;
        this.ring = ring;
        this.talk = talk;
        this.refusals = new TreeMap<>(refusals);
        this.weights =
                refusals.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public CalleePlan receive(IncomingCall call) {
        SplittableRandom random =
                new SplittableRandom(seed * 31 + call.number().hashCode() * 1_000_003L + call.attempt());
        Duration ringing = times(ring, 0.5 + random.nextDouble());
        if (random.nextDouble() < answerRate) {
            double talkFactor = Math.min(5, -Math.log(1 - random.nextDouble()));
            return CalleePlan.answers(ringing, talk == null ? null : times(talk, talkFactor));
        }
        int status = refusal(random.nextDouble() * weights);
        return status == NO_ANSWER ? CalleePlan.ringsForEver() : CalleePlan.ringsThenRefuses(status, ringing);
    }

    private int refusal(double drawn) {
        double left = drawn;
        for (Map.Entry<Integer, Double> refusal : refusals.entrySet()) {
            left -= refusal.getValue();
            if (left < 0) {
                return refusal.getKey();
            }
        }
        return NO_ANSWER;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
