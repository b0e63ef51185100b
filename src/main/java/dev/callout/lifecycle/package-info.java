/**
 * How routes are suspended, stopped and started without harm to calls, and what is reported about routes that are not
 * started. This package knows Camel and the names of our routes, and nothing about telephony or the database.
 */
package dev.callout.lifecycle;
