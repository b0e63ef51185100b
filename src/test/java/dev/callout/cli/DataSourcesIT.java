package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.settings.DatabaseSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSourcesIT {

    @Test
    void aServerThatSaysNothingIsToldWithUrlAndUserAndWithoutPassword() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:mariadb://127.0.0.1:" + silent.getLocalPort() + "/callout";
            DatabaseSettings settings =
                    new DatabaseSettings(url + "?tcpKeepAlive=true", "dialler", "s3cret", false, Optional.empty());
            try (HikariDataSource dataSource = DataSources.open(settings)) {
                assertThatThrownBy(dataSource::getConnection)
                        .hasMessageStartingWith(url + " as dialler gives no connection (callout.db.url): ")
                        .hasMessageNotContaining("s3cret");
            }
        }
    }
}
