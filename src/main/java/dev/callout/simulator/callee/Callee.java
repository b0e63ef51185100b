package dev.callout.simulator.callee;

/**
 * The network of callees behind the simulated switch: decides what each call meets. {@link CalleeTable} goes by the number's
 * last two digits, {@link CalleeMix} draws from distributions; a test may script its own, for instance "busy at the first call,
 * answers the second" with {@link IncomingCall#attempt()}.
 */
@FunctionalInterface
public interface Callee {

    /**
     * Decides what becomes of a call. Called on the switch's only thread, once for each call that reaches a gateway that is up,
     * so it must return at once; it needs no locks.
     *
     * @param  call what the callee's side sees of it
     * @return      the plan this call will follow, never null
     */
    CalleePlan receive(IncomingCall call);
}
