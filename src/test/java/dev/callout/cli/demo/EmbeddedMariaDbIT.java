package dev.callout.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EmbeddedMariaDbIT {
    @Test
    void serversStartedAtOnceHaveNothingInCommonAndAreGoneWhenClosed() throws Exception {
        CompletableFuture<EmbeddedMariaDb> other = CompletableFuture.supplyAsync(() -> EmbeddedMariaDb.start(true));
        EmbeddedMariaDb relaxed = EmbeddedMariaDb.start(false);
        EmbeddedMariaDb durable = other.join();
        String url = relaxed.createDatabase("one");
        try {
            assertThat(value(url, "SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("0");
            assertThat(value(durable.createDatabase("two"), "SELECT @@innodb_flush_log_at_trx_commit"))
                    .isEqualTo("1");
            assertThat(value(
                            durable.createDatabase("two"),
                            "SELECT COUNT(*) FROM information_schema.SCHEMATA" + " WHERE SCHEMA_NAME = 'one'"))
                    .isEqualTo("0");
        } finally {
            relaxed.close();
            durable.close();
        }
        assertThatThrownBy(() -> value(url, "SELECT 1")).isInstanceOf(SQLException.class);
    }

    private static String value(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
