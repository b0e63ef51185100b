/**
 * Access to the tables by plain JDBC. The text of each statement lies in {@code sql/}; statements that belong to one layout of
 * callout table lie in a folder named after it, and {@link dev.callout.store.CalloutTable} is what they are used for.
 *
 * <p>Every instant that crosses this package's border is a {@link java.time.Instant} of the database's clock.
 */
package dev.callout.store;
