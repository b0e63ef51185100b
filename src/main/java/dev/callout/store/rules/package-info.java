/** What calling rules need of the database: which calls a telephone has had, and which numbers they keep closed. */
package dev.callout.store.rules;
