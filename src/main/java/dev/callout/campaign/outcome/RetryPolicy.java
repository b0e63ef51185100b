package dev.callout.campaign.outcome;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides when a number is called again.
 *
 * @param delays how long to wait after the end of a call, by cause class; the other classes wait the campaign's
 *               back-off
 * @param never  classes after which a number is finished at once; holds {@link CauseClass#LOST} if
 *               {@code callout.unknown-outcome} is {@code finish}
 * @param floor  shortest time from the end of a call to the next call of its number, whatever else is set
 */
public record RetryPolicy(Map<CauseClass, Duration> delays, Set<CauseClass> never, Duration floor) {

    /** Every class waits the campaign's back-off. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(Map.of(), Set.of());

    /** Classes whose delay can be set. */
    private static final Set<CauseClass> SETTABLE = EnumSet.complementOf(EnumSet.of(CauseClass.DONE, CauseClass.LOST));

    private static final Pattern DELAY = Pattern.compile("([a-z-]+)\\s*=\\s*(\\d{1,8}|never)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,10}(\\.\\d{1,3})?");
    private static final String NEVER = "never";

    /** Copies delays and classes. */
    public RetryPolicy {
        delays = Map.copyOf(delays);
        never = Set.copyOf(never);
    }

    /** A policy without a floor. */
    public RetryPolicy(Map<CauseClass, Duration> delays, Set<CauseClass> never) {
        this(delays, never, Duration.ZERO);
    }

    /**
     * Parses a campaign's own policy, as in column {@code retry_delays}:
     * {@code busy=300, no-answer=3600, invalid=never}.
     *
     * @throws IllegalArgumentException if it cannot be parsed; the message continues a sentence that begins with the
     *                                  text
     */
    public static RetryPolicy of(String text) {
        Map<CauseClass, Duration> delays = new EnumMap<>(CauseClass.class);
        Set<CauseClass> never = EnumSet.noneOf(CauseClass.class);
        for (String each : text.split(",", -1)) {
            Matcher delay = DELAY.matcher(each.strip());
            Optional<CauseClass> causes =
                    delay.matches() ? CauseClass.ofWord(delay.group(1)).filter(SETTABLE::contains) : Optional.empty();
            if (causes.isEmpty() || delays.containsKey(causes.get()) || never.contains(causes.get())) {
                throw new IllegalArgumentException(
                        "must be classes of causes, each once, with seconds or never, as busy=300,"
                                + " invalid=never; the classes are "
                                + SETTABLE.stream().map(CauseClass::word).collect(Collectors.joining(", ")));
            }
            if (delay.group(2).equals(NEVER)) {
                never.add(causes.get());
            } else {
                delays.put(causes.get(), Duration.ofSeconds(Long.parseLong(delay.group(2))));
            }
        }
        return new RetryPolicy(delays, never);
    }

    /** Returns this policy with another one on top: for its classes the other policy decides. The floor stays. */
    public RetryPolicy with(RetryPolicy own) {
        if (own.equals(DEFAULT)) {
            return this;
        }
        Map<CauseClass, Duration> both = new HashMap<>(delays);
        both.keySet().removeAll(own.never);
        both.putAll(own.delays);
        Set<CauseClass> neither = new HashSet<>(never);
        neither.removeAll(own.delays.keySet());
        neither.addAll(own.never);
        return new RetryPolicy(both, neither, floor);
    }

    /**
     * Returns how long to wait after a call of this class, without regard to the floor.
     *
     * @param backoff the campaign's default delay
     * @return empty: the number is never called again
     */
    public Optional<Duration> delay(CauseClass causes, Duration backoff) {
        return never.contains(causes) ? Optional.empty() : Optional.of(delays.getOrDefault(causes, backoff));
    }

    /** Returns a delay as text: seconds with at most three decimals, or {@code never} if it is empty. */
    public static String text(Optional<Duration> delay) {
        return delay.map(one -> BigDecimal.valueOf(one.toMillis(), 3)
                        .stripTrailingZeros()
                        .toPlainString())
                .orElse(NEVER);
    }

    /**
     * Parses such a text.
     *
     * @return empty: never
     * @throws IllegalArgumentException if it is neither seconds nor {@code never}
     */
    public static Optional<Duration> delay(String text) {
        if (text.equals(NEVER)) {
            return Optional.empty();
        }
        if (!SECONDS.matcher(text).matches()) {
            throw new IllegalArgumentException("neither seconds nor " + NEVER);
        }
        return Optional.of(
                Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact()));
    }

    /**
     * Decides what happens to a number whose call has ended. Whoever chose the delay, a number is not called again
     * after a success, nor more often than allowed, nor sooner than the floor.
     *
     * <p>If an answered call's end was lost, the number is not called again: the callee did not lose it.
     *
     * @param delay       how long to wait; empty: the number is finished at once
     * @param attempt     how many calls have been charged to the number, this one included
     * @param maxAttempts the campaign's limit
     * @param backoff     the campaign's default delay
     * @param endless     whether the campaign never ends ({@code finish_on} 0). Then a number that would be finished
     *                    starts again after the back-off, unless the delay is empty
     * @param endedAt     when the call ended
     */
    public Verdict decide(
            CallOutcome outcome,
            Optional<Duration> delay,
            int attempt,
            int maxAttempts,
            Duration backoff,
            boolean endless,
            Instant endedAt) {
        boolean answeredAndLost = outcome.causeClass() == CauseClass.LOST && outcome.status() != NumberStatus.FAILURE;
        if (outcome.status() == NumberStatus.SUCCESS || answeredAndLost || attempt >= maxAttempts || delay.isEmpty()) {
            return endless && delay.isPresent()
                    ? new Verdict(outcome.status(), false, endedAt.plus(notBelowFloor(backoff)), true)
                    : new Verdict(outcome.status(), true, null);
        }
        return new Verdict(outcome.status(), false, endedAt.plus(notBelowFloor(delay.get())));
    }

    /**
     * Returns when a number is called again after an operator, or a stopping switch, ended its call before an answer.
     * Such a call is not charged to the number.
     *
     * @param delay how long to wait; empty: never
     * @return empty if it is never called again after such a call
     */
    public Optional<Instant> uncharged(Optional<Duration> delay, Instant endedAt) {
        return delay.map(one -> endedAt.plus(notBelowFloor(one)));
    }

    private Duration notBelowFloor(Duration delay) {
        return delay.compareTo(floor) < 0 ? floor : delay;
    }
}
