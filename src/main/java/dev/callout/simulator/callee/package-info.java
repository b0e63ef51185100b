/**
 * Who answers the simulated switch's calls: what a {@link dev.callout.simulator.callee.Callee} does with a call, and the
 * hang-up causes that FreeSWITCH makes of it. Imported by the simulator and by who sets one up; imports no other package.
 */
package dev.callout.simulator.callee;
