package dev.callout.karaf;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.Set;

import dev.callout.LogCapture;
import dev.callout.settings.HttpSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KarafDiallerTest {

    @Test
    void aPortInUseIsOneLineOfTheLog() {
        try (LogCapture log = new LogCapture()) {
            KarafDialler.report(new IllegalStateException(new BindException("callout.http.port 80 cannot be listened on")));

            assertThat(log.warnings()).containsExactly("KarafDialler: Nothing is dialled until this is mended and the bundle"
                    + " restarted: callout.http.port 80 cannot be listened on");
            assertThat(log.stackTraces()).isEmpty();
        }
    }

    @Test
    void aPortOfSomebodyElsesIsFoundBeforeTheDiallerIsStoppedAndItsOwnIsNone() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Optional<HttpSettings> taken = http(other.getLocalPort());

            assertThat(KarafDialler.portInUse(http(1), taken)).get().asString()
                    .startsWith("callout.http.port " + other.getLocalPort() + " on 127.0.0.1 cannot be listened on");
            assertThat(KarafDialler.portInUse(Optional.empty(), taken)).isPresent();
            assertThat(KarafDialler.portInUse(taken, taken)).as("the one that it has").isEmpty();
            assertThat(KarafDialler.portInUse(taken, Optional.empty())).as("no port").isEmpty();
        }
    }

    private static Optional<HttpSettings> http(int port) {
        return Optional.of(new HttpSettings("127.0.0.1", port, Optional.empty(), Set.of()));
    }
}
