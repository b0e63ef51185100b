package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the shipped log settings make of texts from tables, switches and servers. */
class TextLogTest {

    private static final String HOSTILE =
            "sale\u001b]0;owned\u0007\u202e\r\n2026-11-29T00:00:00.000Z INFO  Lease: all is well";

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    private String written(String message, Object... arguments) throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(getClass().getResource("/logback.xml"));
        ConsoleAppender<ILoggingEvent> console =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("console");
        return new String(
                console.getEncoder()
                        .encode(new LoggingEvent(
                                "", context.getLogger("dev.callout.Any"), Level.WARN, message, null, arguments)),
                StandardCharsets.UTF_8);
    }

    @Test
    void textFromOutsideNeitherSteersTheTerminalNorBeginsAnEntry() throws Exception {
        assertThat(written("Campaign {} is idle", HOSTILE))
                .containsPattern(
                        "^20\\S+ WARN  Any: Campaign sale\\?]0;owned\\?\\?\n    2026-\\S+ INFO  Lease: all is well is idle\n$");
    }

    @Test
    void theSameGoesForWhatIsThrown() throws Exception {
        IllegalStateException thrown =
                new IllegalStateException("outer " + HOSTILE, new IllegalArgumentException(HOSTILE));
        thrown.addSuppressed(new IllegalStateException(HOSTILE));
        String text = written("Failed", thrown);

        assertThat(text)
                .doesNotContain("\u001b", "\u202e", "\r")
                .contains(
                        "\tat dev.callout.cli.TextLogTest",
                        "Caused by: java.lang.IllegalArgumentException: sale?]0;owned",
                        "Suppressed: ");
        assertThat(text.lines().filter(line -> line.startsWith("20"))).hasSize(1);
    }
}
