/** Sends the outcomes of the outbox to their receiver, each at least once, and those of one number in their order. */
package dev.callout.dialler.outbox;
