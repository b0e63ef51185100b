/** The options of Callout: read from a properties file and the environment, checked as a whole, handed on as typed values. */
package dev.callout.settings;
