package dev.callout.simulator;

import java.time.Duration;

/**
 * The faults of a switch that a test can turn on, in addition to those that are carried out at once.
 *
 * @param readingStalled  commands are left unread
 * @param authRefused     every password is wrong
 * @param jobDelay        how long BACKGROUND_JOB events are held back, in real time
 * @param createdLate     CHANNEL_CREATE follows CHANNEL_HANGUP_COMPLETE
 */
record Faults(boolean readingStalled, boolean authRefused, Duration jobDelay, boolean createdLate) {

    static final Faults NONE = new Faults(false, false, Duration.ZERO, false);

    Faults withReadingStalled(boolean on) {
        return new Faults(on, authRefused, jobDelay, createdLate);
    }

    Faults withAuthRefused(boolean on) {
        return new Faults(readingStalled, on, jobDelay, createdLate);
    }

    Faults withJobDelay(Duration delay) {
        return new Faults(readingStalled, authRefused, delay, createdLate);
    }

    Faults withCreatedLate(boolean on) {
        return new Faults(readingStalled, authRefused, jobDelay, on);
    }
}
