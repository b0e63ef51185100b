/**
 * Access to the tables by plain JDBC. This package holds campaigns, nodes and the database's clock. The numbers to be
 * called are in {@link dev.callout.store.numbers}, and the tables themselves in {@link dev.callout.store.schema}. The
 * text of each statement is in {@code sql/}; statements of one layout of callout table are in a folder named after the
 * layout.
 *
 * <p>Every instant that enters or leaves these packages is a {@link java.time.Instant} of the database's clock.
 */
package dev.callout.store;
