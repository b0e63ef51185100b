package dev.callout.dialler.routes;

import java.util.Objects;
import java.util.stream.Stream;

/** A route file, built in or the user's, cannot be loaded. The message is that of the reader. */
public final class RouteFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param cause the fault that the reader of the file has reported */
    public RouteFileException(Exception cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * The messages of a fault and its causes. Camel's own message often names only the file, and its cause gives the
     * rest.
     */
    public static String text(Exception fault) {
        return Stream.iterate((Throwable) fault, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce((whole, more) -> whole.contains(more) ? whole : whole + ": " + more)
                .orElse(fault.toString());
    }
}
