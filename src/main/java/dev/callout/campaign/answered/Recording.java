package dev.callout.campaign.answered;

import dev.callout.campaign.prompt.Prompt;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which calls of a campaign the switch records: columns {@code record_percent} and {@code i_record_prompt}.
 *
 * @param percent      how many of a hundred, 0 to 100
 * @param announcement what the callees of recorded calls hear first; null: nothing
 */
public record Recording(int percent, Prompt announcement) {

    /** No call is recorded. */
    public static final Recording NONE = new Recording(0, null);

    private static final int ALL = 100;

    /** Draws whether a call is recorded. Draws nothing if none or all are. */
    public boolean draw(RandomGenerator random) {
        return percent >= ALL || percent > 0 && random.nextInt(ALL) < percent;
    }

    /** Returns why it cannot be; each sentence begins with a column. */
    public List<String> problems() {
        return percent >= 0 && percent <= ALL
                ? List.of()
                : List.of("record_percent is " + percent + ": it must be 0 to 100");
    }
}
