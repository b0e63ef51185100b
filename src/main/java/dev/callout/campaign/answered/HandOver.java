package dev.callout.campaign.answered;

import dev.callout.campaign.prompt.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * To whom a campaign hands over its callees: columns {@code hand_over}, {@code hand_over_sec} and
 * {@code i_no_agent_prompt}.
 *
 * @param kind     how
 * @param target   to whom: an extension, a queue such as {@code sales@default}, or a destination such as
 *                 {@code sofia/gateway/bot/1000}
 * @param patience how long somebody is waited for, 1 s to an hour
 * @param noAgent  what a callee hears for whom nobody was there; null: nothing, the call is hung up
 */
public record HandOver(HandOverKind kind, String target, Duration patience, Prompt noAgent) {

    /** How long somebody is waited for if nothing is set. */
    public static final int DEFAULT_WAIT_SEC = 30;

    /** How long somebody can be waited for. */
    public static final int LONGEST_WAIT_SEC = 3600;

    /**
     * Reads column {@code hand_over}: {@code extension:1000}, {@code queue:sales@default} or {@code bridge:user/1000}.
     *
     * @throws IllegalArgumentException if there is no such kind; the message continues a sentence that begins with the text
     */
    public static HandOver of(String text, Duration patience, Prompt noAgent) {
        String[] parts = text.strip().split(":", 2);
        HandOverKind kind =
                parts.length < 2 ? null : HandOverKind.of(parts[0].strip()).orElse(null);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "must be one of " + HandOverKind.words() + ", a colon and a target, such as queue:sales@default");
        }
        return new HandOver(kind, parts[1].strip(), patience, noAgent);
    }

    /** Returns why nobody can be handed over so; each sentence begins with a column. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!kind.target().matcher(target).matches() || target.equalsIgnoreCase("undef")) {
            problems.add("hand_over: the target of " + kind.word() + " must match " + kind.target());
        }
        if (patience.toSeconds() < 1 || patience.toSeconds() > LONGEST_WAIT_SEC) {
            problems.add("hand_over_sec is " + patience.toSeconds() + ": it must be 1 to " + LONGEST_WAIT_SEC);
        }
        return problems;
    }

    /** Returns it as the column has it. */
    public String text() {
        return kind.word() + ":" + target;
    }
}
