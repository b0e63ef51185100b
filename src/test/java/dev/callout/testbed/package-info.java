/** What integration tests run against: a whole installation, processes, servers that fail on demand, and clocks that are moved. */
package dev.callout.testbed;
