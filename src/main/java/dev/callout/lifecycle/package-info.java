/**
 * How routes are suspended, stopped and started without harm to calls, and what is told of those that are not started. Knows
 * Camel and the names of our routes, nothing of telephony or the database.
 */
package dev.callout.lifecycle;
