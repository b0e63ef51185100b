/**
 * How the store talks to MariaDB, by Spring's JDBC: statements from files, transactions, instants and batches as
 * parameters, and what a fault says about the work that was to be done. Imported by the store alone, except for
 * {@link dev.callout.store.sql.DatabaseFault}, {@link dev.callout.store.sql.Rollbacks},
 * {@link dev.callout.store.sql.Sessions} and {@link dev.callout.store.sql.Transactions}.
 */
package dev.callout.store.sql;
