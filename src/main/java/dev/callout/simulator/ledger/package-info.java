/**
 * What the simulated switch was asked to dial, parsed as FreeSWITCH does, and the result. Imported by the simulator and
 * by code that reads its {@link dev.callout.simulator.ledger.Ledger}. Of the simulator it knows only the hang-up
 * causes.
 */
package dev.callout.simulator.ledger;
