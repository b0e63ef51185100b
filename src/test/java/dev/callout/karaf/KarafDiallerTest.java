package dev.callout.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.testbed.LogCapture;
import java.net.BindException;
import org.junit.jupiter.api.Test;

class KarafDiallerTest {

    @Test
    void aPortInUseIsOneLineOfTheLog() {
        try (LogCapture log = new LogCapture()) {
            Exception inUse = new IllegalStateException(new BindException("callout.http.port 80 cannot be used"));
            KarafDialler.report(inUse, false);
            KarafDialler.report(inUse, true);

            assertThat(log.warnings())
                    .containsExactly(
                            "KarafDialler: Nothing is dialled until this is corrected and"
                                    + " dev.callout.cfg is changed or the bundle restarted: callout.http.port 80 cannot be used",
                            "KarafDialler: Callout dials with the earlier settings until this is corrected and dev.callout.cfg is changed"
                                    + " or the bundle restarted: callout.http.port 80 cannot be used");
            assertThat(log.stackTraces()).isEmpty();
        }
    }
}
