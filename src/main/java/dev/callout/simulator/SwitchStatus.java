package dev.callout.simulator;

import dev.callout.simulator.events.SwitchClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The switch's status of itself, in the words of FreeSWITCH 1.10.12. */
final class SwitchStatus {

    static final String VERSION = "1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit";

    private SwitchStatus() {}

    static String upTime(SwitchClock clock) {
        long micros = clock.uptimeMicros();
        Duration up = Duration.of(micros, ChronoUnit.MICROS);
        return "0 years, " + up.toDaysPart() + " days, " + up.toHoursPart() + " hours, " + up.toMinutesPart()
                + " minutes, " + up.toSecondsPart() + " seconds, " + up.toMillisPart() + " milliseconds, "
                + micros % 1000 + " microseconds";
    }

    /** {@code status}. */
    static String text(SwitchCore core) {
        Admission admission = core.admission;
        return "UP " + upTime(core.clock) + "\n"
                + "FreeSWITCH (Version 1.10.12-release git a88d069 2024-08-02 21:02:27Z 64bit) is "
                + (admission.paused ? "paused" : "ready") + "\n"
                + admission.total + " session(s) since startup\n"
                + core.calls.size() + " session(s) - peak " + admission.peak + ", last 5min " + admission.peak
                + " \n"
                + admission.lastSecond + " session(s) per Sec out of max " + admission.sessionsPerSecond + ", peak "
                + admission.peakPerSecond + ", last 5min " + admission.peakPerSecond + " \n"
                + admission.maxSessions + " session(s) max\n"
                + "min idle cpu 0.00/95.00\n"
                + "Current Stack Size/Max 240K/8192K\n";
    }
}
