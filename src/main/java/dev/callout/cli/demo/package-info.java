/**
 * The demo: an embedded MariaDB, a campaign of 200 numbers, its progress, and the check against the switch's ledger.
 */
package dev.callout.cli.demo;
