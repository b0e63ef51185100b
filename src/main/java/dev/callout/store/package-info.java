/**
 * Access to the tables by plain JDBC: here campaigns, nodes and the database's clock, in {@link dev.callout.store.numbers} the
 * numbers to be called, in {@link dev.callout.store.schema} the tables themselves. The text of each statement lies in
 * {@code sql/}; statements that belong to one layout of callout table lie in a folder named after it.
 *
 * <p>Every instant that crosses the border of these packages is a {@link java.time.Instant} of the database's clock.
 */
package dev.callout.store;
