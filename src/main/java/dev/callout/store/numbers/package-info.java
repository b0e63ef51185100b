/**
 * The numbers to be called, in either layout: claimed, charged, written and given back by {@link
 * dev.callout.store.numbers.CalloutTable}. Imported by who dials; it knows the rows of no other table but those it has to lock.
 */
package dev.callout.store.numbers;
