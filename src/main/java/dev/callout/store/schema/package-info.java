/**
 * The tables themselves: Callout's own, and lists in mod_dialer's layout. Creates what is missing, and tells what is unfit.
 * Imported by the rest of the store and by who prepares or checks a database.
 */
package dev.callout.store.schema;
