package dev.callout.settings;

import java.time.Duration;

/**
 * This process as one of the nodes that share the tables.
 *
 * @param name  its name; each running process that shares the tables has its own
 * @param lease how long its claims hold without a renewal; longer than the horizon
 * @param drain how long it waits for its calls to end when it stops; zero: not at all
 */
public record NodeSettings(String name, Duration lease, Duration drain) {}
