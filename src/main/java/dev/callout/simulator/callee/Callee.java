package dev.callout.simulator.callee;

/**
 * The network of callees behind the simulated switch. It decides how each call goes. {@link CalleeTable} uses the last
 * two digits of the number, {@link CalleeMix} draws from distributions. A test may script its own callees, for instance
 * "busy at the first call, answers the second" with {@link IncomingCall#attempt()}.
 */
@FunctionalInterface
public interface Callee {

    /**
     * Decides how a call goes. Called on the switch's only thread, once for each call that reaches a gateway that is
     * up. So it must return at once, and it needs no locks.
     *
     * @param  call the call as the callee's side sees it
     * @return      the plan that this call will follow, never null
     */
    CalleePlan receive(IncomingCall call);
}
