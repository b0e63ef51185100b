package dev.callout.campaign.rules;

import java.time.Instant;
import java.util.Objects;

/**
 * Whether calling rules let a number be called now.
 *
 * @param allowed   whether it may be called now
 * @param notBefore if it may not: it may not be called before this instant, and is then judged anew; null: not before the
 *                  rules, its row or the campaign are changed
 * @param reason    if it may not: why, in words for an operator, without the number; else null
 */
public record RuleVerdict(boolean allowed, Instant notBefore, String reason) {

    /** It may be called now. */
    public static final RuleVerdict ALLOWED = new RuleVerdict(true, null, null);

    /** It may be called from an instant on, if nothing else forbids it then. */
    static RuleVerdict notBefore(Instant instant, String reason) {
        return new RuleVerdict(false, Objects.requireNonNull(instant), Objects.requireNonNull(reason));
    }

    /** It may not be called before somebody changes something. */
    static RuleVerdict never(String reason) {
        return new RuleVerdict(false, null, Objects.requireNonNull(reason));
    }
}
