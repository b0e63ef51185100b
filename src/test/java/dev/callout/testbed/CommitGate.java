package dev.callout.testbed;

import dev.callout.store.sql.SqlText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A data source that holds up the commit of the first transaction with a certain statement, for as long as a test says. */
public final class CommitGate {

    private static final long PATIENCE_SECONDS = 60;

    private final String text;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** @param statement a file below {@code sql/}, whose first line says what it does and tells it apart */
    public CommitGate(String statement) {
        this(statement, 0);
    }

    /**
     * The same with another line, for statements of routes: Camel leaves out comments.
     *
     * @param line counted from 0
     */
    public CommitGate(String statement, int line) {
        this.text = SqlText.of(statement.replaceFirst("\\.sql$", ""))
                .lines()
                .skip(line)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until a commit is held up. */
    public void awaitClosed() throws InterruptedException {
        pass(closed);
    }

    /** Lets that commit, and all others, go on. */
    public void open() {
        open.countDown();
    }

    private static void pass(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not within " + PATIENCE_SECONDS + " s");
        }
    }

    public DataSource around(DataSource dataSource) {
        return (DataSource) Proxy.newProxyInstance(
                CommitGate.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Object result = invoke(dataSource, method, arguments);
                    return result instanceof Connection connection ? around(connection) : result;
                });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Connection around(Connection connection) {
        boolean[] matched = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                CommitGate.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && ((String) arguments[0]).contains(text)) {
                        matched[0] = true;
                    }
                    if (method.getName().equals("commit") && matched[0]) {
                        closed.countDown();
                        pass(open);
                    }
                    return invoke(connection, method, arguments);
                });
    }
}
