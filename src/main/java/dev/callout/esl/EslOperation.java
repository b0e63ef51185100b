package dev.callout.esl;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;

/** The operation of an endpoint: the part of its URI after {@code esl:}. */
public enum EslOperation {

    /** Dials, and holds the exchange until the call is over. */
    originate(EslOriginateProducer::new, null),
    /** Runs a command on the switch and waits for its result. */
    api(EslCommandProducer::new, null),
    /** Runs a command on the switch as a background job and waits for the job's result. */
    bgapi(EslCommandProducer::new, null),
    /** Receives the switch's events as they come. */
    events(null, EslEventsConsumer::new),
    /** Receives the states of each registered call. */
    calls(null, EslCallsConsumer::new);

    private final Function<EslEndpoint, Producer> producers;
    private final BiFunction<EslEndpoint, Processor, Consumer> consumers;

    /** One of both is null. */
    EslOperation(Function<EslEndpoint, Producer> producers, BiFunction<EslEndpoint, Processor, Consumer> consumers) {
        this.producers = producers;
        this.consumers = consumers;
    }

    /** @throws IllegalArgumentException if there is no such operation; the text lists those that exist */
    static EslOperation of(String name) {
        return Stream.of(values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no esl:" + name + ", only esl: and one of " + Arrays.toString(values())));
    }

    Producer createProducer(EslEndpoint endpoint) {
        if (producers == null) {
            throw new UnsupportedOperationException("esl:" + this + " can only be used in from");
        }
        return producers.apply(endpoint);
    }

    Consumer createConsumer(EslEndpoint endpoint, Processor processor) {
        if (consumers == null) {
            throw new UnsupportedOperationException("esl:" + this + " can only be used in to");
        }
        return consumers.apply(endpoint, processor);
    }
}
