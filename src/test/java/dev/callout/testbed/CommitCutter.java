package dev.callout.testbed;

import dev.callout.store.sql.SqlText;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A data source whose connections break at the worst moment: the server has committed, but the client does not learn
 * it. Cuts as many transactions as asked for, if they have a certain statement.
 */
public final class CommitCutter {

    private final String text;
    private final AtomicInteger left;

    /**
     * @param statement a file below {@code sql/}, whose first line says what it does and tells it apart
     * @param times     how many commits are cut
     */
    public CommitCutter(String statement, int times) {
        this.text = SqlText.of(statement).lines().findFirst().orElseThrow();
        this.left = new AtomicInteger(times);
    }

    /** Returns how many commits are still to be cut. */
    public int left() {
        return left.get();
    }

    public DataSource around(DataSource dataSource) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = method.invoke(dataSource, arguments);
            return result instanceof Connection connection ? around(connection) : result;
        });
    }

    private Connection around(Connection connection) {
        boolean[] matched = new boolean[1];
        return proxy(Connection.class, (method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            if (method.getName().equals("prepareStatement") && ((String) arguments[0]).contains(text)) {
                matched[0] = true;
            }
            if (method.getName().equals("commit") && matched[0] && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                connection.abort(Runnable::run);
                throw new SQLNonTransientConnectionException("the connection broke at the commit", "08000", -1);
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                CommitCutter.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @FunctionalInterface
    private interface Call {
        Object of(Method method, Object[] arguments) throws Throwable;
    }
}
