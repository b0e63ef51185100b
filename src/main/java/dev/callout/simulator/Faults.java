package dev.callout.simulator;

import java.time.Duration;

/** The faults of a switch that a test can turn on, in addition to those that are carried out at once. */
final class Faults {

    /** Commands are left unread. */
    boolean readingStalled;
    /** Commands are left unread on connections that subscribe to events. */
    boolean listenersStalled;
    /** Every password is wrong. */
    boolean authRefused;
    /** How long BACKGROUND_JOB events are held back, in real time. */
    Duration jobDelay = Duration.ZERO;
    /** CHANNEL_CREATE follows CHANNEL_HANGUP_COMPLETE. */
    boolean createdLate;
}
