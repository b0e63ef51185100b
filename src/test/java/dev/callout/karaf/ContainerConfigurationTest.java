package dev.callout.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerConfigurationTest {

    @Test
    void propertiesOfTheContainerAreNeitherOptionsNorMeantForCamel() throws Exception {
        Settings settings = new ContainerConfiguration(Map.of(
                        "service.pid",
                        "dev.callout",
                        "component.id",
                        7L,
                        "felix.fileinstall.filename",
                        "file:/etc/dev.callout.cfg",
                        "org.apache.karaf.features.configKey",
                        "dev.callout",
                        "esl.target",
                        "(component=esl)",
                        "callout.max-call-sec",
                        "60",
                        "camel.main.use-mdc-logging",
                        "true"))
                .settings(Map.of());

        assertThat(settings.camelProperties()).containsOnly(Map.entry("camel.main.use-mdc-logging", "true"));
        assertThat(settings.calls().longestCall()).hasSeconds(60);
    }

    @Test
    void environmentWinsAndProblemsNameTheFile() throws Exception {
        ContainerConfiguration wrong = new ContainerConfiguration(Map.of("callout.max-call-sec", "x"));

        assertThatThrownBy(() -> wrong.settings(Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("etc/dev.callout.cfg: callout.max-call-sec: 'x'");
        assertThat(wrong.settings(Map.of("CALLOUT_MAX_CALL_SEC", "60")).calls().longestCall())
                .hasSeconds(60);
    }

    @Test
    void optionsOfTheDatabaseAreToldToHaveNoEffect() {
        assertThat(new ContainerConfiguration(Map.of("callout.db.password", "secret")).warning())
                .get()
                .asString()
                .contains("callout.db.password", "etc/org.ops4j.datasource-callout.cfg")
                .doesNotContain("secret");
        assertThat(new ContainerConfiguration(Map.of("callout.node", "a")).warning())
                .isEmpty();
    }
}
