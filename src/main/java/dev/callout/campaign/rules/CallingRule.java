package dev.callout.campaign.rules;

import dev.callout.campaign.Printable;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephonePlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One calling rule. Several can have one name; a campaign that names them is bound by all that cover a number.
 *
 * @param name             its name, in which upper and lower case do not matter
 * @param appliesTo        the telephones that it covers: a country's two letters such as DE, a prefix such as +1212, or
 *                         empty: all
 * @param schedule         when calls may start, in the callee's zone; null: at any time
 * @param caps             how often one telephone may be called; each must be kept
 * @param lockout          how long a telephone is not called after a conversation; null: it may be called at once
 * @param shortestRing     how long a call must be let ring before Callout gives up; null: any time
 * @param callerIdRequired whether the callee must see a caller ID, and not the callee's own number
 * @param consentRequired  whether the number must have a text that records the callee's consent
 */
public record CallingRule(
        String name,
        String appliesTo,
        Schedule schedule,
        List<Cap> caps,
        Duration lockout,
        Duration shortestRing,
        boolean callerIdRequired,
        boolean consentRequired) {

    /** How far back calls and conversations can count at most, because they are not remembered for longer. */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(31);
    /** The longest {@code shortest_ring_sec}. */
    public static final Duration LONGEST_RING = Duration.ofMinutes(10);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern PREFIX = Pattern.compile("\\+[1-9]\\d{0,14}");

    /** Copies the caps. */
    public CallingRule {
        caps = List.copyOf(caps);
    }

    /** Returns whether this text can be a rule's name: at most 64 letters, digits and {@code . _ -}. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Returns whether the rule binds calls to a telephone. Where a number may be in several countries, it does if one of
     * them is the rule's.
     */
    boolean covers(String e164, TelephonePlace place) {
        if (appliesTo.isEmpty()) {
            return true;
        }
        return appliesTo.startsWith("+")
                ? e164.startsWith(appliesTo)
                : place.countries().contains(appliesTo);
    }

    /** Returns whether it asks nothing of a call: it only covers its telephones. */
    public boolean judgesNothing() {
        return schedule == null
                && caps.isEmpty()
                && (lockout == null || lockout.isZero())
                && (shortestRing == null || shortestRing.isZero())
                && !callerIdRequired
                && !consentRequired;
    }

    /** Returns why nobody can be called by this rule, a sentence each; none if nothing is wrong. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!isName(name)) {
            problems.add("name must be of at most 64 letters, digits and . _ -");
        }
        if (!appliesTo.isEmpty() && !PREFIX.matcher(appliesTo).matches() && !Country.isKnown(appliesTo)) {
            problems.add("applies_to '" + Printable.of(appliesTo)
                    + "' is neither the two letters of a country, such as DE, nor a prefix, such as +1212");
        }
        if (schedule != null) {
            schedule.problem().ifPresent(problems::add);
        }
        caps.forEach(cap -> cap.problem().ifPresent(problems::add));
        if (lockout != null && (lockout.isNegative() || lockout.compareTo(LONGEST_WINDOW) > 0)) {
            problems.add("lockout_hours must be 0 to " + LONGEST_WINDOW.toHours());
        }
        if (shortestRing != null && (shortestRing.isNegative() || shortestRing.compareTo(LONGEST_RING) > 0)) {
            problems.add("shortest_ring_sec must be 0 to " + LONGEST_RING.toSeconds());
        }
        return problems;
    }
}
