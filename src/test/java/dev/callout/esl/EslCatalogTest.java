package dev.callout.esl;

import java.io.InputStream;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel and its tools find the component and its description where they look for components of others. */
class EslCatalogTest {

    @Test
    void theListOfComponentsNamesIt() throws Exception {
        Properties list = new Properties();
        try (InputStream file = EslComponent.class.getResourceAsStream(
                "/META-INF/services/org/apache/camel/component.properties")) {
            list.load(file);
        }
        assertThat(list.getProperty("components").split(" ")).containsExactly("esl");
    }

    @Test
    void theCatalogKnowsTheComponentAndItsOptions() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            RuntimeCamelCatalog catalog = PluginHelper.getRuntimeCamelCatalog(context);
            assertThat(catalog.componentJSonSchema("esl")).contains("\"names\"", "\"user\"", "\"filterEnabled\"");
            assertThat(catalog.validateProperties("esl", Map.of("operation", "events", "names", "CHANNEL_ANSWER,avmd::beep",
                    "bufferSize", "10")).isSuccess()).isTrue();
            EndpointValidationResult wrong = catalog.validateProperties("esl", Map.of("operation", "events", "nmaes",
                    "HEARTBEAT", "bufferSize", "many"));
            assertThat(wrong.getUnknown()).containsExactly("nmaes");
            assertThat(wrong.getInvalidInteger()).containsEntry("bufferSize", "many");
        }
    }
}
