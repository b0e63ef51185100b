/** The events of the simulated switch: their content, how they are written, and who has subscribed to them. */
package dev.callout.simulator.events;
