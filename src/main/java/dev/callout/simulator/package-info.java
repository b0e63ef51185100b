/**
 * A switch that speaks FreeSWITCH's event socket, for the demonstration, the tests and the benchmarks.
 *
 * <p>{@link dev.callout.simulator.SimulatedSwitch} is the way in. Commands come by an {@code EslSession} for each connection to
 * {@code ApiCommands} and {@code Originator}; a {@code CallFlow} leads each call along the plan of its
 * {@link dev.callout.simulator.callee.Callee}; the {@code EventBus} writes what happens by the template {@code channel.event};
 * and the {@link dev.callout.simulator.ledger.Ledger} keeps what tests hold a dialler to.
 */
package dev.callout.simulator;
