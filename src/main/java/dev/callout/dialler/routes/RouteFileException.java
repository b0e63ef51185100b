package dev.callout.dialler.routes;

import java.util.Objects;
import java.util.stream.Stream;

/** A route file, ours or the user's, cannot be loaded. The message is what the one who read it says. */
public final class RouteFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RouteFileException(Exception cause) {
        super(cause.getMessage(), cause);
    }

    /** What a fault and its causes say: Camel's own often names the file only, and its cause the rest. */
    public static String text(Exception fault) {
        return Stream.iterate((Throwable) fault, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce((whole, more) -> whole.contains(more) ? whole : whole + ": " + more)
                .orElse(fault.toString());
    }
}
