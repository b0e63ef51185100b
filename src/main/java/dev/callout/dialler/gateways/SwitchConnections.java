package dev.callout.dialler.gateways;

import dev.callout.esl.EslComponent;
import dev.callout.esl.EslConfiguration;
import dev.callout.settings.Settings;
import dev.callout.settings.SwitchSettings;
import dev.callout.settings.file.Problem;
import dev.callout.settings.file.SettingsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.PropertiesHelper;

/**
 * Configures how the component {@code esl} reaches each switch: by properties when the context starts, and directly
 * while it runs.
 */
public final class SwitchConnections {

    private static final String COMPONENT = "camel.component.esl.switches";

    private final CamelContext camelContext;

    /** @param camelContext the context of the component {@code esl} */
    public SwitchConnections(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** The properties for the start. They contain no password, because Camel logs their values at DEBUG. */
    public Properties properties(List<SwitchSettings> switches) {
        Properties properties = new Properties();
        for (SwitchSettings one : switches) {
            String bean = "switch " + one.name();
            camelContext.getRegistry().bind(bean, configuration(one));
            properties.put(prefix(one), "#bean:" + bean);
        }
        return properties;
    }

    private static EslConfiguration configuration(SwitchSettings one) {
        EslConfiguration configuration = new EslConfiguration();
        configuration.setHost(one.host());
        configuration.setPort(one.port());
        configuration.setPassword(one.password());
        return configuration;
    }

    private static String prefix(SwitchSettings one) {
        return COMPONENT + "[" + one.name() + "]";
    }

    /**
     * Continues with the switches of these settings, and with what the settings' properties for Camel set for them.
     *
     * @throws SettingsException if one of the switches cannot be used; then nothing has changed
     */
    public void change(Settings changed) throws SettingsException {
        Map<String, EslConfiguration> switches = new LinkedHashMap<>();
        for (SwitchSettings one : changed.switches()) {
            EslConfiguration configuration = configuration(one);
            PropertyBindingSupport.bindProperties(
                    camelContext,
                    configuration,
                    PropertiesHelper.extractProperties(new LinkedHashMap<>(changed.others()), prefix(one) + "."));
            switches.put(one.name(), configuration);
        }
        try {
            camelContext.getComponent("esl", EslComponent.class).changeSwitches(switches);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    List.of(new Problem("properties of Camel", 0, "camel.component.esl", e.getMessage(), null)));
        }
    }
}
