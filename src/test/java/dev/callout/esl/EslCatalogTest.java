package dev.callout.esl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel's tools find the component where they look for components of others. */
class EslCatalogTest {

    private static final String SERVICES = "/META-INF/services/org/apache/camel/";

    private final CamelCatalog catalog = new DefaultCamelCatalog();
    private final List<String> added = new ArrayList<>();

    /** As Camel's tools for components of others do: by the list, the class and the description that lies under its package. */
    EslCatalogTest() throws Exception {
        for (String name : properties("component.properties").getProperty("components").split(" ")) {
            String javaType = properties("component/" + name).getProperty("class");
            String folder = "/META-INF/" + javaType.substring(0, javaType.lastIndexOf('.')).replace('.', '/') + "/";
            try (InputStream description = EslComponent.class.getResourceAsStream(folder + name + ".json")) {
                catalog.addComponent(name, javaType, new String(description.readAllBytes(), StandardCharsets.UTF_8));
            }
            added.add(name);
        }
    }

    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = EslComponent.class.getResourceAsStream(SERVICES + file)) {
            properties.load(stream);
        }
        return properties;
    }

    @Test
    void theCatalogKnowsTheComponentAndItsOptions() {
        assertThat(added).containsExactly("esl");
        assertThat(catalog.findComponentNames()).contains("esl");
        assertThat(catalog.componentJSonSchema("esl")).contains("\"names\"", "\"user\"", "\"filterEnabled\"");
        assertThat(catalog.validateEndpointProperties("esl:events?names=CHANNEL_ANSWER,avmd::beep&bufferSize=10").isSuccess())
                .isTrue();
        EndpointValidationResult wrong = catalog.validateEndpointProperties("esl:events?nmaes=HEARTBEAT&bufferSize=many");
        assertThat(wrong.getUnknown()).containsExactly("nmaes");
        assertThat(wrong.getInvalidInteger()).containsEntry("bufferSize", "many");
    }
}
