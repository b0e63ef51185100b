/**
 * What happens when a call ends or does not begin: its outcome, the row that is written, and numbers that go back.
 */
package dev.callout.dialler.outcome;
