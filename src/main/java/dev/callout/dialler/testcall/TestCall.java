package dev.callout.dialler.testcall;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.store.testcall.TestCallRows;

/**
 * A test call on its way to the switch.
 *
 * @param attempt what the steps of the route see
 * @param listed  by what do-not-call lists have its telephone
 */
record TestCall(Attempt attempt, TestCallRows.Listed listed) {}
