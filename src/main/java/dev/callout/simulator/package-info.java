/**
 * A switch that speaks FreeSWITCH's event socket, for the demonstration, the tests and the benchmarks.
 *
 * <p>{@link dev.callout.simulator.SimulatedSwitch} is the entry point. Each connection has an {@code EslSession}, which
 * passes commands to {@code ApiCommands} and {@code Originator}. A {@code CallFlow} runs each call by the plan of its
 * {@link dev.callout.simulator.callee.Callee}. The {@code EventBus} writes what happens by the template
 * {@code channel.event}. The {@link dev.callout.simulator.ledger.Ledger} records what tests check a dialler against.
 */
package dev.callout.simulator;
