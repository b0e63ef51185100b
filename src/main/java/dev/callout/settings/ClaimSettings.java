package dev.callout.settings;

import java.time.Duration;

/**
 * How a node takes numbers from the tables and keeps them.
 *
 * @param node         name of this node, one for each running process that shares the tables
 * @param scanInterval pause between two looks for due campaigns
 * @param horizon      how far ahead of their instant numbers are claimed
 * @param lease        how long this node's claims hold without being renewed; longer than the horizon
 * @param dialThreads  threads that the steps of the route that dials run on, from 2
 * @param doorTimeout  how long a number waits for what users' routes say of it, shorter than the horizon
 * @param drain        how long a node that is stopped waits for the ends of its calls; zero: not at all
 */
public record ClaimSettings(
        String node,
        Duration scanInterval,
        Duration horizon,
        Duration lease,
        int dialThreads,
        Duration doorTimeout,
        Duration drain) {}
