package dev.callout.dialler;

/** A route file, ours or the user's, cannot be loaded. The message is what the one who read it says. */
public final class RouteFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RouteFileException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
