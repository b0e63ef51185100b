package dev.callout.store.rules;

import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.Cap;
import dev.callout.campaign.rules.PastCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The calls to one telephone that calling rules may still count, as column {@code telephones.recent} keeps them: words
 * with spaces between. A word is a call's instant in milliseconds since 1970, with {@code +} and how many milliseconds
 * later its conversation ended, if there was one; or the uuid of a call of which it is still to be found out whether it was
 * sent. {@code !} before a uuid: it counts unless the contrary is known, because its number's row is gone. Immutable.
 */
public final class RecentCalls {

    /** So long each call is remembered, and no rule counts back longer. */
    public static final Duration KEPT = CallingRule.LONGEST_WINDOW;
    /** So many calls are remembered, more than any cap allows. */
    public static final int MOST = 2 * Cap.MOST_CALLS;

    /** With so many calls to be found out, that is done whether or not anybody counts. */
    private static final int MOST_OPEN = 8;

    private static final Pattern WORDS = Pattern.compile(" ");
    private static final char UUID_PART = '-';
    private static final String COUNTS_ANYWAY = "!";
    private static final int TIME_DIGITS = 12;
    private static final int HEX = 16;

    private final List<PastCall> known;
    private final List<String> open;

    private RecentCalls(List<PastCall> known, List<String> open) {
        this.known = known;
        this.open = open;
    }

    /** @param text the column; null or empty: no calls */
    public static RecentCalls of(String text) {
        List<PastCall> known = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String word : text == null ? new String[0] : WORDS.split(text)) {
            if (word.indexOf(UUID_PART) >= 0) {
                open.add(word);
            } else if (!word.isEmpty()) {
                known.add(call(word));
            }
        }
        return new RecentCalls(known, open);
    }

    private static PastCall call(String word) {
        int plus = word.indexOf('+');
        Instant sent = Instant.ofEpochMilli(Long.parseLong(plus < 0 ? word : word.substring(0, plus)));
        return new PastCall(sent, plus < 0 ? null : sent.plusMillis(Long.parseLong(word.substring(plus + 1))));
    }

    /**
     * The same with a further call that is over.
     *
     * @param rowGone whether its number's row no longer exists, so that it counts even if nobody has recorded its end
     */
    public RecentCalls with(String callUuid, boolean rowGone) {
        List<String> more = new ArrayList<>(open);
        more.add(rowGone ? COUNTS_ANYWAY + callUuid : callUuid);
        return new RecentCalls(known, more);
    }

    /** Whether there are so many calls to be found out that this must not wait. */
    public boolean isFull() {
        return open.size() >= MOST_OPEN;
    }

    /** The uuids of the calls of which it is still to be found out whether they were sent. */
    public List<String> unknown() {
        return open.stream().map(RecentCalls::uuid).toList();
    }

    private static String uuid(String word) {
        return word.startsWith(COUNTS_ANYWAY) ? word.substring(1) : word;
    }

    /**
     * The same once it is known which of the {@linkplain #unknown() unknown} calls were sent. The others were taken back.
     *
     * @param sent by uuid
     */
    public RecentCalls resolved(Map<String, PastCall> sent) {
        List<PastCall> all = new ArrayList<>(known);
        for (String word : open) {
            PastCall call = sent.get(uuid(word));
            if (call == null && word.startsWith(COUNTS_ANYWAY)) {
                call = new PastCall(claimedAt(uuid(word)), null);
            }
            if (call != null) {
                all.add(call);
            }
        }
        return new RecentCalls(all, List.of());
    }

    /** When the claim was made that gave a call its uuid, which is a version 7 UUID. */
    private static Instant claimedAt(String callUuid) {
        return Instant.ofEpochMilli(
                Long.parseLong(callUuid.replace(String.valueOf(UUID_PART), "").substring(0, TIME_DIGITS), HEX));
    }

    /**
     * The calls that could count at an instant at most: the {@linkplain #unknown() unknown} ones as if they had been sent, and had
     * ended after a conversation, just then.
     */
    public List<PastCall> atMost(Instant now) {
        List<PastCall> all = new ArrayList<>(known);
        open.forEach(word -> all.add(new PastCall(now, now)));
        return all;
    }

    /** The calls that are known to have been sent. */
    public List<PastCall> past() {
        return List.copyOf(known);
    }

    /** The column. What is too old to count is left out, and so is the oldest of what is too much. */
    public String text(Instant now) {
        List<String> words = known.stream()
                .filter(call -> last(call).plus(KEPT).isAfter(now))
                .sorted(Comparator.comparing(PastCall::sent))
                .map(RecentCalls::word)
                .collect(Collectors.toCollection(ArrayList::new));
        words.addAll(open);
        return String.join(" ", words.subList(Math.max(0, words.size() - MOST), words.size()));
    }

    private static Instant last(PastCall call) {
        return call.talkedUntil() == null ? call.sent() : call.talkedUntil();
    }

    private static String word(PastCall call) {
        long sent = call.sent().toEpochMilli();
        return call.talkedUntil() == null
                ? Long.toString(sent)
                : sent + "+" + Math.max(0, call.talkedUntil().toEpochMilli() - sent);
    }
}
