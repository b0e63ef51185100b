package dev.callout.dialler.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.outbox.Outbox;
import dev.callout.testbed.LogCapture;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

class OutboxSendingTest {

    @Test
    void thePasswordOfAReceiverThatAnErrorNamesIsNotLogged() {
        try (LogCapture log = new LogCapture()) {
            OutboxSending sending = new OutboxSending(
                    new DefaultCamelContext(),
                    new Outbox(new MariaDbDataSource()),
                    () -> "node",
                    false,
                    System::nanoTime);
            sending.failed(
                    new OutboxSending.Batch(),
                    new IllegalStateException("no answer from http://crm:s3cret@crm.example/in?password=s4cret&a=b"));
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("crm.example")
                    .doesNotContain("s3cret", "s4cret");
        }
    }
}
