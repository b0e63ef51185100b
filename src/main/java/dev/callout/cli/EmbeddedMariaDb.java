package dev.callout.cli;

/** A MariaDB server of our own, for the demo and the tests: started empty, gone when closed. */
public final class EmbeddedMariaDb implements AutoCloseable {
    private EmbeddedMariaDb() {
    }

    /**
     * Starts a server on a free port of 127.0.0.1.
     *
     * @param durable true: each commit is on the disk when it returns, as in production; false: faster
     */
    public static EmbeddedMariaDb start(boolean durable) {
        throw new UnsupportedOperationException(Boolean.toString(durable));
    }

    /** Creates a database if it is missing and returns its JDBC URL, credentials included. */
    public String createDatabase(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
