/** The command that shows reports. */
package dev.callout.cli.report;
