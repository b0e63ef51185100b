/** The command line: the demo, the dialler itself and the simulated switch as processes. */
package dev.callout.cli;
