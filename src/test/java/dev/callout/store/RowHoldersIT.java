package dev.callout.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.callout.Primary;
import dev.callout.store.schema.Schema;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class RowHoldersIT {

    @Test
    void whoHoldsARowIsNamedOrElseTheRightThatIsLacking() throws Exception {
        ExecutorService waiters = Executors.newSingleThreadExecutor();
        try (Primary server = new Primary(); Connection theirs = DriverManager.getConnection(server.url());
             Statement statement = theirs.createStatement()) {
            DriverManagerDataSource administrator = new DriverManagerDataSource(server.url());
            new Schema(administrator).create();
            statement.execute("INSERT INTO campaigns (name) VALUES ('held')");
            RowHolders unprivileged = new RowHolders(
                    new DriverManagerDataSource(server.url().replace("administrator", "dialler")), waiters);
            assertThat(unprivileged.holder(1)).as("nobody holds it").isNull();

            theirs.setAutoCommit(false);
            statement.execute("UPDATE campaigns SET description = 'mine' WHERE name = 'held'");

            assertThat(unprivileged.holder(1)).startsWith("another connection (").contains("GRANT PROCESS ON *.*");
            assertThat(new RowHolders(administrator, waiters).holder(1)).matches("connection \\d+");
        } finally {
            waiters.shutdownNow();
        }
    }
}
