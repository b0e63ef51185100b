/** What the database holds of one person: shows it, and erases it. */
package dev.callout.store.person;
