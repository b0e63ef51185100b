package dev.callout.settings;

import java.time.Duration;

/**
 * How numbers are claimed and brought to their calls.
 *
 * @param scanInterval pause between two scans for due campaigns
 * @param horizon      how far ahead of their time numbers are claimed
 * @param dialThreads  number of threads for the steps of the route that dials, at least 2
 * @param doorTimeout  how long a number waits for users' routes to decide about it; shorter than the horizon
 */
public record ClaimSettings(Duration scanInterval, Duration horizon, int dialThreads, Duration doorTimeout) {}
