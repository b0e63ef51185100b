/**
 * The numbers to be called, in either layout. {@link dev.callout.store.numbers.CalloutTable} claims them, charges
 * attempts, writes results and gives numbers back. Imported by code that dials. Of other tables, it knows only the rows
 * that it has to lock.
 */
package dev.callout.store.numbers;
