package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;

import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;

/** Camel and its tools find the component and its description where they look for components of others. */
class EslCatalogTest {

    @Test
    void theListOfComponentsNamesIt() throws Exception {
        Properties list = properties("component.properties");
        assertThat(list.getProperty("components").split(" ")).containsExactly("esl");
    }

    @Test
    void theCatalogKnowsTheComponentAndItsOptions() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            RuntimeCamelCatalog catalog = PluginHelper.getRuntimeCamelCatalog(context);
            assertThat(catalog.componentJSonSchema("esl")).contains("\"names\"", "\"user\"", "\"filterEnabled\"");
            assertThat(catalog.validateProperties(
                                    "esl",
                                    Map.of(
                                            "operation",
                                            "events",
                                            "names",
                                            "CHANNEL_ANSWER,avmd::beep",
                                            "bufferSize",
                                            "10"))
                            .isSuccess())
                    .isTrue();
            EndpointValidationResult wrong = catalog.validateProperties(
                    "esl", Map.of("operation", "events", "nmaes", "HEARTBEAT", "bufferSize", "many"));
            assertThat(wrong.getUnknown()).containsExactly("nmaes");
            assertThat(wrong.getInvalidInteger()).containsEntry("bufferSize", "many");
        }
    }

    /** As camel-report-maven-plugin and Camel JBang do it: by what component.properties names. */
    @Test
    void theCatalogOfToolsLoadsItByItsListAndHasEachOption() throws Exception {
        Properties list = properties("component.properties");
        CamelCatalog catalog = new DefaultCamelCatalog();
        assertThat(catalog.findComponentNames()).doesNotContain("esl");
        for (String name : list.getProperty("components").split(" ")) {
            catalog.addComponent(name, properties("component/" + name).getProperty("class"));
        }

        ComponentModel model = catalog.componentModel("esl");
        assertThat(model.getJavaType()).isEqualTo(EslComponent.class.getName());
        assertThat(List.of(model.getGroupId(), model.getArtifactId(), model.getVersion()))
                .isEqualTo(List.of(
                        list.getProperty("groupId"), list.getProperty("artifactId"), list.getProperty("version")));
        assertThat(model.getComponentOptions())
                .extracting(BaseOptionModel::getName)
                .containsAll(settable(EslConfiguration.class))
                .allSatisfy(name -> assertThat(new EslComponentConfigurer().getOptionType(name, false))
                        .isNotNull());
        assertThat(model.getEndpointOptions())
                .extracting(BaseOptionModel::getName)
                .containsExactlyInAnyOrderElementsOf(new EslEndpointUriFactory().propertyNames());
        assertThat(model.getEndpointOptions())
                .allSatisfy(option ->
                        assertThat(option.getDescription()).as(option.getName()).isNotBlank());
        assertThat(model.getEndpointHeaders())
                .extracting(BaseOptionModel::getName)
                .contains("CamelEslCallUuid", "CamelEslSwitch");
        assertThat(catalog.validateEndpointProperties("esl:events?names=CHANNEL_ANSWER&bufferSize=10")
                        .isSuccess())
                .isTrue();
        assertThat(catalog.validateEndpointProperties("esl:events?nmaes=HEARTBEAT")
                        .getUnknown())
                .containsExactly("nmaes");
        assertThat(catalog.endpointProperties("esl:calls?switchName=fs1"))
                .containsEntry("operation", "calls")
                .containsEntry("switchName", "fs1");
    }

    private static List<String> settable(Class<?> type) throws IntrospectionException {
        return Arrays.stream(Introspector.getBeanInfo(type).getPropertyDescriptors())
                .filter(each -> each.getWriteMethod() != null)
                .map(PropertyDescriptor::getName)
                .toList();
    }

    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = EslComponent.class.getResourceAsStream("/META-INF/services/org/apache/camel/" + file)) {
            properties.load(in);
        }
        return properties;
    }
}
