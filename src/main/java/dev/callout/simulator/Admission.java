package dev.callout.simulator;

/**
 * Decides whether a new session is admitted, in the order of {@code switch_core_session_request_uuid}: paused,
 * sessions-per-second, max-sessions. The budget of a second is refilled once a second and decremented before it is
 * checked, so a limit of N admits N−1.
 */
final class Admission {

    private int sessionsPerSecond;
    private int maxSessions;
    private boolean paused;
    private int budget;
    private int lastSecond;
    private int thisSecond;
    private int peakPerSecond;
    private int peak;
    private long total;

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

    int sessionsPerSecond() {
        return sessionsPerSecond;
    }

    void sessionsPerSecond(int limit) {
        sessionsPerSecond = limit;
        budget = limit;
    }

    int maxSessions() {
        return maxSessions;
    }

    void maxSessions(int limit) {
        maxSessions = limit;
    }

    boolean paused() {
        return paused;
    }

    void pause(boolean on) {
        paused = on;
    }

    /** The rest of this second's budget, as in HEARTBEAT's Session-Per-Sec. */
    int budget() {
        return budget;
    }

    int lastSecond() {
        return lastSecond;
    }

    int peakPerSecond() {
        return peakPerSecond;
    }

    int peak() {
        return peak;
    }

    /** Sessions since the start, which is also the number of the latest one. */
    long total() {
        return total;
    }
}
