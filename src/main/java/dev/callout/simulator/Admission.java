package dev.callout.simulator;

/**
 * Decides whether a new session is admitted, in the order of {@code switch_core_session_request_uuid}: paused,
 * sessions-per-second, max-sessions. The budget of a second is refilled once a second and decremented before it is
 * checked, so a limit of N admits N−1.
 */
final class Admission {

    int sessionsPerSecond;
    int maxSessions;
    boolean paused;
    /** The rest of this second's budget, as in HEARTBEAT's Session-Per-Sec. */
    int budget;

    int lastSecond;
    private int thisSecond;
    int peakPerSecond;
    int peak;
    /** Sessions since the start, which is also the number of the latest one. */
    long total;

    Admission(int sessionsPerSecond, int maxSessions) {
        this.sessionsPerSecond = sessionsPerSecond;
        this.maxSessions = maxSessions;
        this.budget = sessionsPerSecond;
    }

    /** Admits a session if the limits allow one more in addition to those that are up. */
    boolean admit(int sessionsUp) {
        if (paused || --budget <= 0 || sessionsUp + 1 > maxSessions) {
            return false;
        }
        total++;
        thisSecond++;
        peakPerSecond = Math.max(peakPerSecond, thisSecond);
        peak = Math.max(peak, sessionsUp + 1);
        return true;
    }

    /** Must be called once a second. */
    void newSecond() {
        budget = sessionsPerSecond;
        lastSecond = thisSecond;
        thisSecond = 0;
    }

    void sessionsPerSecond(int limit) {
        sessionsPerSecond = limit;
        budget = limit;
    }
}
