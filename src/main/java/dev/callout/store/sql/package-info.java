/**
 * How the store talks to MariaDB: statements from files, transactions, instants and batches as parameters, and what a fault
 * says of what was done. Imported by the store alone, but for {@link dev.callout.store.sql.DatabaseFault} and
 * {@link dev.callout.store.sql.Sessions}.
 */
package dev.callout.store.sql;
