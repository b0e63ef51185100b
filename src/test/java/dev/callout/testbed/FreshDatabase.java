package dev.callout.testbed;

import dev.callout.cli.demo.EmbeddedMariaDb;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real MariaDB server for all tests of this JVM, started when it is first needed, with a fresh database for each
 * caller.
 */
public final class FreshDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private FreshDatabase() {}

    /** Creates an empty database and returns its JDBC URL. */
    public static String create() {
        return Server.INSTANCE.createDatabase("test" + NUMBER.incrementAndGet());
    }

    private static final class Server {

        private static final EmbeddedMariaDb INSTANCE = start();

        private static EmbeddedMariaDb start() {
            EmbeddedMariaDb server = EmbeddedMariaDb.start(false);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "FreshDatabaseStop"));
            return server;
        }
    }
}
