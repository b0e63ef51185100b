package dev.callout.testbed;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What an operator reads, with the shipped log settings. While it is open, it replaces the log of the tests. */
public final class LogCapture implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // While the settings are exchanged, everything is let through.
            if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                events.add(event);
            }
        }
    };

    public LogCapture() {
        configure("/logback.xml");
        root.detachAndStopAllAppenders();
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    private void configure(String file) {
        LoggerContext context = root.getLoggerContext();
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(LogCapture.class.getResource(file));
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns all messages so far. */
    public List<String> messages() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /**
     * Returns the warnings and errors so far, except for those of the embedded database server. Each stands after the
     * last part of its logger's name.
     */
    public List<String> warnings() {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(event -> !event.getLoggerName().startsWith("ch.vorburger"))
                .map(event -> event.getLoggerName().replaceFirst(".*\\.", "") + ": " + event.getFormattedMessage())
                .toList();
    }

    /** Returns the messages that came with a stack trace, or contain one. */
    public List<String> stackTraces() {
        return events.stream()
                .filter(event -> event.getThrowableProxy() != null
                        || event.getFormattedMessage().contains("\tat "))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        configure("/logback-test.xml");
    }
}
