package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.store.schema.Schema;
import dev.callout.testbed.Primary;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RowHoldersIT {

    @Test
    void whoHoldsARowIsNamedOrElseTheRightThatIsLacking() throws Exception {
        ExecutorService waiters = Executors.newSingleThreadExecutor();
        try (Primary server = new Primary();
                Connection theirs = DriverManager.getConnection(server.url());
                Statement statement = theirs.createStatement()) {
            DriverManagerDataSource administrator = new DriverManagerDataSource(server.url());
            new Schema(administrator).create();
            statement.execute("INSERT INTO campaigns (name) VALUES ('held')");
            RowHolders unprivileged = new RowHolders(
                    new DriverManagerDataSource(server.url().replace("administrator", "dialler")), waiters);
            assertThat(unprivileged.holder(1)).as("nobody holds it").isNull();

            theirs.setAutoCommit(false);
            statement.execute("UPDATE campaigns SET description = 'mine' WHERE name = 'held'");

            await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> unprivileged.holder(1),
                            holder -> holder.startsWith("another connection (")
                                    && holder.contains("GRANT PROCESS ON *.*"));
            RowHolders privileged = new RowHolders(administrator, waiters);
            // A busy machine may look too late, when the second that is waited is over.
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> privileged.holder(1), holder -> holder.matches("connection \\d+"));
        } finally {
            waiters.shutdownNow();
        }
    }
}
