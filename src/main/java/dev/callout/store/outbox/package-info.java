/** Outcomes that are still to be sent: how many wait, and which node sends them. */
package dev.callout.store.outbox;
