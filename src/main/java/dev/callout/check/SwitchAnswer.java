package dev.callout.check;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a switch answered about itself.
 *
 * @param coreUuid id of its present incarnation; it shows whether two names stand for one switch
 * @param version  its answer to {@code version}
 * @param status   its answer to {@code status}
 * @param paused   its answer to {@code fsctl pause_check outbound}
 * @param profiles its answer to {@code sofia status}
 * @param gateways its answers to {@code sofia status gateway}, by the gateway's name in campaigns
 * @param files    its answers to {@code file_exists}, by the file's absolute path
 * @param ahead    how far the timestamp of an event was ahead of this machine's clock when the event arrived
 */
record SwitchAnswer(
        String coreUuid,
        String version,
        String status,
        String paused,
        String profiles,
        Map<String, String> gateways,
        Map<String, String> files,
        Duration ahead) {

    private static final Pattern PER_SECOND = Pattern.compile("session\\(s\\) per Sec out of max (\\d+)");
    private static final Pattern MOST_SESSIONS = Pattern.compile("(?m)^(\\d+) session\\(s\\) max");
    private static final Pattern GATEWAY_STATUS = Pattern.compile("(?m)^Status\\s+(\\S.*?)\\s*$");
    private static final Pattern GATEWAY_STATE = Pattern.compile("(?m)^State\\s+(\\S+)");

    /** Returns whether it is Callout's own simulated switch, which calls nobody. It says so itself. */
    boolean isSimulated() {
        return version.endsWith("(simulated by Callout)");
    }

    /** Returns {@code sessions-per-second}, of which FreeSWITCH admits one less; empty if it does not show it. */
    Optional<Integer> sessionsPerSecond() {
        return first(PER_SECOND, status).map(Integer::valueOf);
    }

    /** Returns {@code max-sessions}; empty if it does not show it. */
    Optional<Integer> mostSessions() {
        return first(MOST_SESSIONS, status).map(Integer::valueOf);
    }

    /** Returns whether {@code fsctl pause} keeps it from making calls. */
    boolean isPaused() {
        return paused.strip().equals("true");
    }

    /** Returns whether it has a running SIP profile with that name. */
    boolean runsProfile(String name) {
        return Pattern.compile("(?m)^\\s*" + Pattern.quote(name) + "\\s+profile\\s.*RUNNING")
                .matcher(profiles)
                .find();
    }

    /** Returns UP or DOWN; empty if it has no such gateway. */
    Optional<String> gatewayStatus(String name) {
        return first(GATEWAY_STATUS, gateways.getOrDefault(name, ""));
    }

    /**
     * Returns the registration state of the gateway, such as REGED, NOREG, FAIL_WAIT; empty if it has no such gateway.
     */
    Optional<String> gatewayState(String name) {
        return first(GATEWAY_STATE, gateways.getOrDefault(name, ""));
    }

    /** Returns whether it answers that it does not have this file, or may not see it. */
    boolean deniesFile(String file) {
        return files.getOrDefault(file, "").strip().equals("false");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
