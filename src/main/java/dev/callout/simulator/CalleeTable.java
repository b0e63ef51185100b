package dev.callout.simulator;

import java.time.Duration;

/**
 * Callees that behave by the last two digits of their number; a number that does not end in two digits is taken as 00.
 *
 * <table>
 * <caption>What a call meets</caption>
 * <tr><th>ends in</th><th>callee</th><th>FreeSWITCH's cause</th></tr>
 * <tr><td>00–29</td><td>rings 2 s, answers, stays until we hang up</td><td>ours</td></tr>
 * <tr><td>30–49</td><td>rings 3 s, answers, hangs up after 5 s (30), 6 s (31), … 24 s (49)</td><td>NORMAL_CLEARING</td></tr>
 * <tr><td>50–54</td><td>rings 2 s, answers, hangs up after 1 s</td><td>NORMAL_CLEARING</td></tr>
 * <tr><td>55–59</td><td>early media (183) for 3 s, then answers, stays until we hang up</td><td>ours</td></tr>
 * <tr><td>60–69</td><td>rings 1 s, then busy (486)</td><td>USER_BUSY</td></tr>
 * <tr><td>70–79</td><td>rings until we cancel</td><td>NO_ANSWER</td></tr>
 * <tr><td>80–83</td><td>rejected at once (403)</td><td>CALL_REJECTED</td></tr>
 * <tr><td>84–86</td><td>rings 4 s, then declines (603)</td><td>CALL_REJECTED</td></tr>
 * <tr><td>87–91</td><td>no such number (404), at once</td><td>UNALLOCATED_NUMBER</td></tr>
 * <tr><td>92–95</td><td>congestion (503), after 0.5 s</td><td>NORMAL_TEMPORARY_FAILURE</td></tr>
 * <tr><td>96</td><td>rings 6 s, then temporarily unavailable (480)</td><td>NO_USER_RESPONSE</td></tr>
 * <tr><td>97</td><td>early media (183) until we cancel: an announcement</td><td>NO_ANSWER</td></tr>
 * <tr><td>98</td><td>busy (486) at the first call, later rings 2 s, answers and stays</td><td>USER_BUSY, then ours</td></tr>
 * <tr><td>99</td><td>nothing for 5 s, rings 10 s, answers, stays until we hang up</td><td>ours</td></tr>
 * </table>
 */
public final class CalleeTable implements Callee {

    @Override
    public CalleePlan receive(IncomingCall call) {
        int digits = lastTwoDigits(call.number());
        if (digits < 30) {
            return CalleePlan.answers(seconds(2));
        }
        if (digits < 50) {
            return CalleePlan.answers(seconds(3), seconds(digits - 25));
        }
        if (digits < 55) {
            return CalleePlan.answers(seconds(2), seconds(1));
        }
        if (digits < 60) {
            return CalleePlan.earlyMedia(seconds(3));
        }
        if (digits < 70) {
            return CalleePlan.ringsThenRefuses(486, seconds(1));
        }
        if (digits < 80) {
            return CalleePlan.ringsForEver();
        }
        if (digits < 84) {
            return CalleePlan.refuses(403, Duration.ZERO);
        }
        if (digits < 87) {
            return CalleePlan.ringsThenRefuses(603, seconds(4));
        }
        if (digits < 92) {
            return CalleePlan.refuses(404, Duration.ZERO);
        }
        if (digits < 96) {
            return CalleePlan.refuses(503, Duration.ofMillis(500));
        }
        return switch (digits) {
            case 96 -> CalleePlan.ringsThenRefuses(480, seconds(6));
            case 97 -> CalleePlan.announcement();
            case 98 -> call.attempt() == 1 ? CalleePlan.ringsThenRefuses(486, seconds(1)) : CalleePlan.answers(seconds(2));
            default -> CalleePlan.answers(seconds(10)).delayedBy(seconds(5));
        };
    }

    private static int lastTwoDigits(String number) {
        int length = number.length();
        if (length < 2 || !Character.isDigit(number.charAt(length - 1)) || !Character.isDigit(number.charAt(length - 2))) {
            return 0;
        }
        return Character.digit(number.charAt(length - 2), 10) * 10 + Character.digit(number.charAt(length - 1), 10);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
