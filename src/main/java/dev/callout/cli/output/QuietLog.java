package dev.callout.cli.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Lets nothing through to the log. */
public final class QuietLog extends TurboFilter {

    private QuietLog() {}

    /** Runs work without its log, where the outcome says everything that the log would say. */
    public static <T> T during(Supplier<T> work) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        QuietLog filter = new QuietLog();
        context.addTurboFilter(filter);
        try {
            return work.get();
        } finally {
            context.getTurboFilterList().remove(filter);
        }
    }

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] parameters, Throwable thrown) {
        return FilterReply.DENY;
    }
}
