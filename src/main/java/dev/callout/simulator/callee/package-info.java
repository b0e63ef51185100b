/**
 * The callees of the simulated switch: what a {@link dev.callout.simulator.callee.Callee} does with a call, and which
 * hang-up cause FreeSWITCH derives from it. Imported by the simulator and by code that sets one up; imports no other
 * package.
 */
package dev.callout.simulator.callee;
