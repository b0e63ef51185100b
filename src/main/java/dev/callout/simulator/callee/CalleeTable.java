package dev.callout.simulator.callee;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Callees that behave by the last two digits of their number, as {@link #TABLE} says. A number without digits counts as
 * 00.
 */
public final class CalleeTable implements Callee {

    /**
     * For each pair of last digits: FreeSWITCH's cause (ours: the cause that the dialler's side hangs up with), and
     * what the callee does.
     */
    public static final String TABLE =
            """
            00-15  ours                      rings 2 s, answers, says hello, stays until we
                                             hang up
            16-17  ours                      the same, but a machine: speaks 7 s, beeps
            18     ours                      the same, but a machine that asks who calls
            19     ours                      the same, but says nothing
            20-24  ours                      the same, and presses 1 after 2 s
            25-27  ours                      the same, and presses 1 after 12 s
            28-29  ours                      the same, and presses 9 after 2 s
            30-49  NORMAL_CLEARING           rings 3 s, answers, hangs up after 5 s (30),
                                             6 s (31), ... 24 s (49)
            50-54  NORMAL_CLEARING           rings 2 s, answers, hangs up after 1 s
            55-59  ours                      early media (183) for 3 s, then answers, stays
            60-69  USER_BUSY                 rings 1 s, then busy (486)
            70-79  NO_ANSWER                 rings until we cancel
            80-83  CALL_REJECTED             rejected at once (403)
            84-86  CALL_REJECTED             rings 4 s, then declines (603)
            87-91  UNALLOCATED_NUMBER        no such number (404), at once
            92-95  NORMAL_TEMPORARY_FAILURE  congestion (503), after 0.5 s
            96     NO_USER_RESPONSE          rings 6 s, then unavailable (480)
            97     NO_ANSWER                 early media (183) until we cancel
            98     USER_BUSY, then ours      busy (486) at the first call, later rings 2 s,
                                             answers, stays
            99     ours                      nothing for 5 s, rings 10 s, answers, stays
            """;

    /** The callees by the lowest pair of digits that they have. */
    private static final NavigableMap<Integer, Callee> FROM = new TreeMap<>(Map.ofEntries(
            entry(0, call -> CalleePlan.answers(seconds(2))),
            entry(16, call -> CalleePlan.answers(seconds(2)).saying(Voice.MACHINE)),
            entry(18, call -> CalleePlan.answers(seconds(2)).saying(Voice.SCREENED)),
            entry(19, call -> CalleePlan.answers(seconds(2)).saying(Voice.SILENT)),
            entry(20, call -> CalleePlan.answers(seconds(2)).pressing('1', seconds(2))),
            entry(25, call -> CalleePlan.answers(seconds(2)).pressing('1', seconds(12))),
            entry(28, call -> CalleePlan.answers(seconds(2)).pressing('9', seconds(2))),
            entry(30, call -> CalleePlan.answers(seconds(3), seconds(lastTwoDigits(call.number()) - 25))),
            entry(50, call -> CalleePlan.answers(seconds(2), seconds(1))),
            entry(55, call -> CalleePlan.earlyMedia(seconds(3))),
            entry(60, call -> CalleePlan.ringsThenRefuses(486, seconds(1))),
            entry(70, call -> CalleePlan.ringsForEver()),
            entry(80, call -> CalleePlan.refuses(403, Duration.ZERO)),
            entry(84, call -> CalleePlan.ringsThenRefuses(603, seconds(4))),
            entry(87, call -> CalleePlan.refuses(404, Duration.ZERO)),
            entry(92, call -> CalleePlan.refuses(503, Duration.ofMillis(500))),
            entry(96, call -> CalleePlan.ringsThenRefuses(480, seconds(6))),
            entry(97, call -> CalleePlan.announcement()),
            entry(
                    98,
                    call -> call.attempt() == 1
                            ? CalleePlan.ringsThenRefuses(486, seconds(1))
                            : CalleePlan.answers(seconds(2))),
            entry(99, call -> CalleePlan.answers(seconds(10)).delayedBy(seconds(5)))));

    @Override
    public CalleePlan receive(IncomingCall call) {
        return FROM.floorEntry(lastTwoDigits(call.number())).getValue().receive(call);
    }

    private static int lastTwoDigits(String number) {
        int length = number.length();
        if (length < 2
                || !Character.isDigit(number.charAt(length - 1))
                || !Character.isDigit(number.charAt(length - 2))) {
            return 0;
        }
        return Character.digit(number.charAt(length - 2), 10) * 10 + Character.digit(number.charAt(length - 1), 10);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
