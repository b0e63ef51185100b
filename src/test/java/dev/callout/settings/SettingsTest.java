package dev.callout.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.settings.file.Problem;
import dev.callout.settings.file.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void everyValueOfTheFileArrivesTyped() throws Exception {
        Settings settings = load(
                """
                callout.db.url = jdbc:mariadb://db1,db2/calls?useSsl=true
                callout.switches = fs1, fs-2
                callout.switch.fs-2.host = switch.example.org
                callout.switch.fs-2.calls-per-second = 0.5
                callout.claim.horizon-sec = 1.5
                callout.timezone = Europe/Berlin
                callout.retry.no-answer = 7200
                callout.retry.invalid = never
                callout.unknown-outcome = finish
                callout.number-pattern = \\\\d{3,15}
                callout.routes = %s
                """
                        .formatted(folder));

        assertThat(settings.database().url()).isEqualTo("jdbc:mariadb://db1,db2/calls?useSsl=true");
        assertThat(settings.switches())
                .containsExactly(
                        new SwitchSettings("fs1", "127.0.0.1", 8021, "ClueCon", 20),
                        new SwitchSettings("fs-2", "switch.example.org", 8021, "ClueCon", 0.5));
        assertThat(settings.claims().horizon()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.calls().timezone()).map(Object::toString).hasValue("Europe/Berlin");
        assertThat(settings.calls().numberPattern().pattern()).isEqualTo("\\d{3,15}");
        assertThat(settings.retries().delays()).containsExactly(Map.entry(CauseClass.NO_ANSWER, Duration.ofHours(2)));
        assertThat(settings.retries().never()).containsExactlyInAnyOrder(CauseClass.INVALID, CauseClass.LOST);
        assertThat(settings.routes()).hasValue(folder);
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirLinesInOrder() {
        SettingsException e = refused(
                """
                # a comment, then a value over two lines
                callout.allowed-applications = echo,\\
                    lua
                callout.lease-sec = soon

                callout.db.ulr = jdbc:mariadb://localhost/callout
                callout.switch.fs1.port: 80210
                callout.node first
                callout.node second
                """,
                Map.of("CALLOUT_DB_PASWORD", "hush"));

        assertThat(e.problems())
                .extracting(Problem::line, Problem::key, Problem::nearest)
                .containsExactly(
                        tuple(2, "callout.allowed-applications", null),
                        tuple(4, "callout.lease-sec", null),
                        tuple(6, "callout.db.ulr", "callout.db.url"),
                        tuple(7, "callout.switch.fs1.port", null),
                        tuple(9, "callout.node", null),
                        tuple(0, "CALLOUT_DB_PASWORD", "CALLOUT_DB_PASSWORD"));
        assertThat(e)
                .hasMessageContaining(
                        file() + ":4: callout.lease-sec: 'soon' cannot be used, expected seconds from 1 to 3600");
        assertThat(e)
                .hasMessageContaining(
                        file() + ":6: callout.db.ulr: there is no such option; the nearest is callout.db.url");
    }

    @Test
    void problemOfOneOptionIsToldOnce() {
        assertThat(refused("callout.switches = fs1,,fs2\ncallout.switch.fs2.port = 1", Map.of())
                        .problems())
                .hasSize(1);
        assertThat(refused("callout.claim.horizon-sec=soon", Map.of()).problems())
                .as("the default of two other options depends on it")
                .hasSize(1);
    }

    @Test
    void optionOfASwitchThatIsNotListedIsRefused() {
        assertThat(refused("callout.switch.fs2.host = a", Map.of()))
                .hasMessageContaining(":1: callout.switch.fs2.host: callout.switches names no switch fs2;"
                        + " the nearest is callout.switch.fs1.host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Callout.db.url=x", "calout.db.url=x", "callout.=x", "callout.retry.done=5"})
    void almostOursIsNotPassedOnToCamel(String line) {
        assertThat(refused(line, Map.of()).problems()).extracting(Problem::line).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "callout.db.url|jdbc:mysql://localhost/callout",
                "callout.db.url|jdbc:mariadb://localhost:3306/?a=b",
                "callout.campaign.scan-interval-sec|0",
                "callout.campaign.scan-interval-sec|-5",
                "callout.claim.horizon-sec|1e1",
                "callout.claim.horizon-sec|NaN",
                "callout.switch.fs1.calls-per-second|0",
                "callout.timezone|Mars/Olympus",
                "callout.unknown-outcome|RETRY",
                "callout.number-pattern|[0-9",
                "callout.allowed-applications|echo,system",
                "callout.retry.busy|5 min",
                "callout.installation|a b",
                "callout.campaign.sipproxy|a,b",
                "callout.routes|/no/such/folder"
            })
    void unusableValueIsRefused(String key, String value) {
        assertThat(refused(key + "=" + value, Map.of()))
                .hasMessageStartingWith(file() + ":1: " + key + ": ")
                .hasMessageContaining("expected ");
    }

    @Test
    void whatDoesNotFitTheHorizonIsRefusedWhereItWasGiven() {
        assertThat(refused("callout.claim.horizon-sec=1\ncallout.door.timeout-ms=1000", Map.of()))
                .hasMessageContaining(":2: callout.door.timeout-ms: must be less than callout.claim.horizon-sec");
        assertThat(refused("callout.claim.horizon-sec=10\ncallout.lease-sec=10", Map.of()))
                .hasMessageContaining(":2: callout.lease-sec: must be more than callout.claim.horizon-sec");
    }

    @Test
    void environmentWinsOverTheFileAndCanNameSwitches() throws Exception {
        Files.writeString(file(), "callout.db.user = from-file\ncallout.db.password = from-file\ncallout.node = a");

        Settings settings = Settings.load(
                file(),
                Map.of(
                        "CALLOUT_DB_USER",
                        "from-environment",
                        "CALLOUT_SWITCHES",
                        "east-1",
                        "CALLOUT_SWITCH_EAST_1_PASSWORD",
                        "s3cret",
                        "CALLOUT_NODE",
                        "",
                        "CALLOUT_PORT",
                        "tcp://10.0.0.1:80",
                        "CALLOUT_SERVICE_HOST",
                        "10.0.0.1",
                        "HOME",
                        "/root"));

        assertThat(settings.database())
                .isEqualTo(new DatabaseSettings(
                        Options.DB_URL.defaultText(), "from-environment", "from-file", false, Optional.empty()));
        assertThat(settings.switches()).containsExactly(new SwitchSettings("east-1", "127.0.0.1", 8021, "s3cret", 20));
        assertThat(settings.node().name())
                .as("blank is the default")
                .isNotBlank()
                .isNotEqualTo("a");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void passwordsShowInNoTextAndNoMessage() throws Exception {
        Settings settings =
                load("callout.db.password = hush1\ncallout.switch.fs1.password = hush2\ncamel.ssl.key = hush3");
        assertThat(settings.toString() + settings.database() + settings.switches() + settings.warnings())
                .doesNotContain("hush");

        SettingsException e = refused(
                """
                callout.db.password = hush
                callout.db.passwrd = hush
                callout.db.url = jdbc:mariadb://db/c?user=u&password=hush
                """,
                Map.of("CALLOUT_SWITCH_FS1_PASSWORT", "hush", "CALLOUT_DB_URL", "jdbc:mariadb://u:hush@db/c"));
        assertThat(e.toString() + e.problems())
                .doesNotContain("hush")
                .contains(":2: callout.db.passwrd", "CALLOUT_DB_URL");
    }

    @Test
    void factoryPasswordOfASwitchIsWarnedOf() throws Exception {
        assertThat(load("callout.switches=a,b\ncallout.switch.a.password=own").warnings())
                .singleElement()
                .asString()
                .contains("callout.switch.b.password");
    }

    @Test
    void propertiesOfCamelPassThroughUntouched() throws Exception {
        assertThat(load("camel.main.name = callout\nmy.own=1").camelProperties())
                .isEqualTo(Map.of("camel.main.name", "callout", "my.own", "1"));
    }

    @Test
    void fileThatIsMissingOrNoTextIsAProblemOfItsOwn() throws Exception {
        assertThat(catchThrowableOfType(SettingsException.class, () -> Settings.load(file(), Map.of())))
                .hasMessage(file() + ": there is no such file");
        Files.write(file(), new byte[] {'a', (byte) 0xff});
        assertThat(catchThrowableOfType(SettingsException.class, () -> Settings.load(file(), Map.of())))
                .hasMessage(file() + ": is not text in UTF-8");
    }

    @Test
    void badEscapeIsNamedWithItsLineAndByteOrderMarkIsNoPartOfAName() {
        assertThat(refused("\uFEFFcallout.db.user=x\r\ncallout.node=C:\\users", Map.of())
                        .problems())
                .extracting(Problem::line)
                .containsExactly(2);
    }

    private Path file() {
        return folder.resolve("my.properties");
    }

    private Settings load(String text) throws Exception {
        Files.writeString(file(), text);
        return Settings.load(file(), Map.of());
    }

    private SettingsException refused(String text, Map<String, String> environment) {
        return catchThrowableOfType(SettingsException.class, () -> {
            Files.writeString(file(), text);
            Settings.load(file(), environment);
        });
    }
}
