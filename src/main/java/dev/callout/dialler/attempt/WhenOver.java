package dev.callout.dialler.attempt;

import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Acts when an exchange has completed or failed. It stays with that exchange: a step that sends something of its own to
 * a queue does not take it along.
 */
public final class WhenOver extends SynchronizationAdapter {

    private final Consumer<Exchange> action;

    private WhenOver(Consumer<Exchange> action) {
        this.action = action;
    }

    /** Lets the action happen once, when the exchange is over. */
    public static void of(Exchange exchange, Consumer<Exchange> action) {
        exchange.getExchangeExtension().addOnCompletion(new WhenOver(action));
    }

    @Override
    public void onDone(Exchange over) {
        action.accept(over);
    }

    @Override
    public boolean allowHandover() {
        return false;
    }
}
