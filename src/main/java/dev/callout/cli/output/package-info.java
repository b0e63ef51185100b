/** What commands print and log, made safe for a terminal. */
package dev.callout.cli.output;
