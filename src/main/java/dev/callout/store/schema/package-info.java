/**
 * The tables themselves: Callout's own, and lists in mod_dialer's layout. Creates what is missing, and reports what is
 * unfit. Imported by the rest of the store and by code that prepares or checks a database.
 */
package dev.callout.store.schema;
