package dev.callout.cli.output;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.callout.campaign.Printable;

/** The word {@code %msg} of the text log, by which no text from outside can steer a terminal or begin an entry of its own. */
public final class PrintableMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Printable.entry(super.convert(event));
    }
}
