package dev.callout.cli.output;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.callout.campaign.Printable;
import java.util.stream.Stream;

/**
 * The conversion word {@code %ex} of the text log. It does for the messages of exceptions what {@link PrintableMessage}
 * does for the log's own.
 */
public final class PrintableThrown extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        return super.throwableProxyToString(new Shown(thrown));
    }

    /** An exception, its causes included. */
    private record Shown(IThrowableProxy thrown) implements IThrowableProxy {

        private static IThrowableProxy shown(IThrowableProxy other) {
            return other == null ? null : new Shown(other);
        }

        @Override
        public String getMessage() {
            return thrown.getMessage() == null ? null : Printable.entry(thrown.getMessage());
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public IThrowableProxy getCause() {
            return shown(thrown.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] suppressed = thrown.getSuppressed();
            return suppressed == null
                    ? null
                    : Stream.of(suppressed).map(Shown::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
