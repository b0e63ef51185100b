package dev.callout.dialler.gateways;

import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the calls a second of each switch are divided among the nodes that run: each takes the same share. Not
 * thread-safe.
 */
final class RateShares {

    /** All messages about switches have one logger, so that people can filter by it. */
    private static final Logger LOG = LoggerFactory.getLogger(Switches.class);

    private Map<String, Double> ofAllNodes = Map.of();
    private int nodes = 1;
    private boolean shared;

    /** Sets the calls a second of all nodes together, by switch. */
    void change(Map<String, Double> callsPerSecond) {
        ofAllNodes = Map.copyOf(callsPerSecond);
    }

    /**
     * Sets how many nodes run, this one included. Tells once that they share, because earlier versions left the division
     * to people.
     *
     * @return whether the shares have changed
     */
    boolean shareAmong(int running) {
        if (running > 1 && !shared) {
            shared = true;
            LOG.warn(
                    "{} nodes run, so this one takes 1/{} of calls-per-second of each switch, which is the limit of all nodes"
                            + " together: {}. If you have divided it by the number of nodes, as earlier versions needed it, write"
                            + " the limit of the switch itself",
                    running,
                    running,
                    ofAllNodes);
        }
        boolean changed = running != nodes;
        nodes = running;
        return changed;
    }

    /** The calls a second that this node may give to each switch. */
    Map<String, Double> ofThisNode() {
        return ofAllNodes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue() / nodes));
    }
}
