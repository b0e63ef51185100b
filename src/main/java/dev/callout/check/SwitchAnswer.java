package dev.callout.check;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a switch told about itself.
 *
 * @param coreUuid of its present incarnation, by which two names of one switch can be told
 * @param version  its answer to {@code version}
 * @param status   its answer to {@code status}
 * @param paused   its answer to {@code fsctl pause_check outbound}
 * @param profiles its answer to {@code sofia status}
 * @param gateways its answers to {@code sofia status gateway}, by the gateway's name as campaigns have it
 * @param files    its answers to {@code file_exists}, by the file's absolute path
 * @param ahead    by how much the stamp of an event was ahead of this machine's clock when the event came
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

    /** Whether it is Callout's own simulated switch, which rings nobody; it says so itself. */
    boolean isSimulated() {
        return version.endsWith("(simulated by Callout)");
    }

    /** {@code sessions-per-second}, of which FreeSWITCH admits one less; empty if it does not say. */
    Optional<Integer> sessionsPerSecond() {
        return first(PER_SECOND, status).map(Integer::valueOf);
    }

    /** {@code max-sessions}; empty if it does not say. */
    Optional<Integer> mostSessions() {
        return first(MOST_SESSIONS, status).map(Integer::valueOf);
    }

    /** Whether {@code fsctl pause} keeps it from making calls. */
    boolean isPaused() {
        return paused.strip().equals("true");
    }

    /** Whether it has a SIP profile of that name that runs. */
    boolean runsProfile(String name) {
        return Pattern.compile("(?m)^\\s*" + Pattern.quote(name) + "\\s+profile\\s.*RUNNING")
                .matcher(profiles)
                .find();
    }

    /** UP or DOWN; empty if it has no such gateway. */
    Optional<String> gatewayStatus(String name) {
        return first(GATEWAY_STATUS, gateways.getOrDefault(name, ""));
    }

    /** How the gateway's registration stands, such as REGED, NOREG, FAIL_WAIT; empty if it has no such gateway. */
    Optional<String> gatewayState(String name) {
        return first(GATEWAY_STATE, gateways.getOrDefault(name, ""));
    }

    /** Whether it says that it has no such file, or that it may not see it. */
    boolean deniesFile(String file) {
        return files.getOrDefault(file, "").strip().equals("false");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
