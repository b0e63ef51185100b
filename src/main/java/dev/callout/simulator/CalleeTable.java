package dev.callout.simulator;

/** Callees that behave by the last two digits of their number. */
public final class CalleeTable implements Callee {

    @Override
    public CalleePlan receive(IncomingCall call) {
        throw new UnsupportedOperationException();
    }
}
