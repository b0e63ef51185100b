package dev.callout.cli.output;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.callout.campaign.Printable;

/**
 * The conversion word {@code %msg} of the text log. It keeps text from outside from controlling a terminal, or from
 * beginning a log entry of its own.
 */
public final class PrintableMessage extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Printable.entry(super.convert(event));
    }
}
