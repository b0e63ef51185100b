/**
 * What the simulated switch was asked to dial, taken apart as FreeSWITCH does, and what became of it. Imported by the simulator
 * and by who reads its {@link dev.callout.simulator.ledger.Ledger}; of the simulator it knows the hang-up causes only.
 */
package dev.callout.simulator.ledger;
