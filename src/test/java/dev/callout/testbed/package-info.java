/**
 * What integration tests run against: a whole installation, processes, servers that fail on demand, and clocks that can
 * be moved.
 */
package dev.callout.testbed;
