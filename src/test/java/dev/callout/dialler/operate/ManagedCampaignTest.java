package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.CampaignRuns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class ManagedCampaignTest {

    @Test
    void aDatabaseThatDoesNotAnswerIsAskedOnceForAllAttributes() {
        AtomicInteger asked = new AtomicInteger();
        AtomicLong nanoTime = new AtomicLong();
        CampaignRuns away = new CampaignRuns(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                asked.incrementAndGet();
                throw new SQLException("away");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        });
        ManagedCampaign campaign =
                new ManagedCampaign(new CampaignControl(away, null, null, null, null, null, null), 1, nanoTime::get);

        assertThatThrownBy(campaign::getState).hasMessage("away");
        nanoTime.addAndGet(Duration.ofMillis(999).toNanos());
        assertThatThrownBy(campaign::getWhyIdle).hasMessage("away");
        assertThat(asked).hasValue(1);
    }
}
