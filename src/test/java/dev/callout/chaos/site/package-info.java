/** The installations that the chaos tests harm, the faults they know, and the promises they hold the switch's ledger to. */
package dev.callout.chaos.site;
