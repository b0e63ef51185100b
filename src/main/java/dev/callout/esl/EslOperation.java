package dev.callout.esl;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;

/** The operation of an endpoint: the part of its URI after {@code esl:}. */
public enum EslOperation {

    /** Dials, and holds the exchange until the call is over. */
    originate {
        @Override
        Producer createProducer(EslEndpoint endpoint) {
            return new EslOriginateProducer(endpoint);
        }
    },
    /** Runs a command on the switch and waits for its result. */
    api {
        @Override
        Producer createProducer(EslEndpoint endpoint) {
            return new EslCommandProducer(endpoint);
        }
    },
    /** Runs a command on the switch as a background job and waits for the job's result. */
    bgapi {
        @Override
        Producer createProducer(EslEndpoint endpoint) {
            return new EslCommandProducer(endpoint);
        }
    },
    /** Receives the switch's events as they come. */
    events {
        @Override
        Consumer createConsumer(EslEndpoint endpoint, Processor processor) {
            return new EslEventsConsumer(endpoint, processor);
        }
    },
    /** Receives the states of each registered call. */
    calls {
        @Override
        Consumer createConsumer(EslEndpoint endpoint, Processor processor) {
            return new EslCallsConsumer(endpoint, processor);
        }
    };

    Producer createProducer(EslEndpoint endpoint) {
        throw new UnsupportedOperationException("esl:" + this + " can only be used in from");
    }

    Consumer createConsumer(EslEndpoint endpoint, Processor processor) {
        throw new UnsupportedOperationException("esl:" + this + " can only be used in to");
    }
}
