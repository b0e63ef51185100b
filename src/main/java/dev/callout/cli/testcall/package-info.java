/** The commands on test numbers and test calls. */
package dev.callout.cli.testcall;
