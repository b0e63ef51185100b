package dev.callout.karaf;

import java.net.BindException;

import dev.callout.LogCapture;
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
}
