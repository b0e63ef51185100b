/** The events of the simulated switch: what they hold, how they are written, and who has subscribed to them. */
package dev.callout.simulator.events;
