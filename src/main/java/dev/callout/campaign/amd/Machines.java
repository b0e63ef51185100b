package dev.callout.campaign.amd;

import dev.callout.campaign.prompt.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a campaign does about answering machines.
 *
 * @param detection how it finds out whether a machine answers
 * @param message   what {@code i_machine_prompt} names, which is left on a machine; null: the switch hangs up
 * @param beepWait  how long the switch waits for the machine's beep before the message begins anyway, in whole seconds
 */
public record Machines(Detection detection, Prompt message, Duration beepWait) {

    /** How many seconds the switch waits for a beep if nothing is set. */
    public static final int DEFAULT_BEEP_WAIT_SEC = 20;

    /** How many seconds the switch can wait for a beep. */
    public static final int LONGEST_BEEP_WAIT_SEC = 60;

    /** What answers does not matter. */
    public static final Machines IGNORED = new Machines(Detection.OFF, null, Duration.ofSeconds(DEFAULT_BEEP_WAIT_SEC));

    /** Returns whether the switch listens to the greeting. */
    public boolean areDetected() {
        return detection != Detection.OFF;
    }

    /** Returns what is wrong with the columns, a sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (beepWait.toSeconds() < 1 || beepWait.toSeconds() > LONGEST_BEEP_WAIT_SEC) {
            problems.add("machine_beep_wait_sec must be 1 to " + LONGEST_BEEP_WAIT_SEC);
        }
        if (message != null && !areDetected()) {
            problems.add("i_machine_prompt is set, but amd is off, so that no machine is found: set amd to cadence");
        }
        return problems;
    }
}
