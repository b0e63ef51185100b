package dev.callout.settings;

import java.time.Duration;

/**
 * How a node takes numbers from the tables and keeps them.
 *
 * @param node         name of this node; each running process that shares the tables has its own
 * @param scanInterval pause between two scans for due campaigns
 * @param horizon      how far ahead of their time numbers are claimed
 * @param lease        how long this node's claims hold without a renewal; longer than the horizon
 * @param dialThreads  number of threads for the steps of the route that dials, at least 2
 * @param doorTimeout  how long a number waits for users' routes to decide about it; shorter than the horizon
 * @param drain        how long a stopping node waits for its calls to end; zero: not at all
 */
public record ClaimSettings(
        String node,
        Duration scanInterval,
        Duration horizon,
        Duration lease,
        int dialThreads,
        Duration doorTimeout,
        Duration drain) {}
