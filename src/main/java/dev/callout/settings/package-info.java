/**
 * The options of Callout: read from a properties file and the environment, checked as a whole, and passed on as typed
 * values.
 */
package dev.callout.settings;
