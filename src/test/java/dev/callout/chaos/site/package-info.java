/** The installations that the chaos tests harm, the faults, and the promises that the switch's ledger must confirm. */
package dev.callout.chaos.site;
