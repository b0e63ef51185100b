package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callout.settings.Settings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** That the base for Kustomize is made of what Kubernetes knows, and fits the program; it is not run. */
class KubernetesTest {

    private static final Path BASE = Path.of("config/kubernetes");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Deployment deployment = read("deployment.yaml", Deployment.class);
    private final PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    private final Container container = pod.getContainers().get(0);
    private final Kustomization kustomization = read("kustomization.yaml", Kustomization.class);

    KubernetesTest() throws Exception {}

    /** Reads a file of the base, of which the type must know every name. */
    private static <T> T read(String file, Class<T> type) throws Exception {
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(BASE.resolve(file)));
        JsonNode tree = MAPPER.valueToTree(yaml);
        T read = MAPPER.treeToValue(tree, type);
        assertKnown(file, read);
        return read;
    }

    /** The types keep what they do not know apart. */
    private static void assertKnown(String where, Object value) throws ReflectiveOperationException {
        if (value instanceof Collection<?> all) {
            for (Object one : all) {
                assertKnown(where, one);
            }
        } else if (value != null
                && value.getClass().getName().startsWith("io.fabric8.")
                && !value.getClass().isEnum()) {
            for (Method getter : value.getClass().getMethods()) {
                if (getter.getName().startsWith("get") && getter.getParameterCount() == 0) {
                    Object found = getter.invoke(value);
                    if (getter.getName().equals("getAdditionalProperties")) {
                        assertThat((Map<?, ?>) found).as("unknown in " + where).isEmpty();
                    } else if (found instanceof KubernetesResource || found instanceof Collection<?>) {
                        assertKnown(where + "/" + getter.getName().substring(3), found);
                    }
                }
            }
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        kustomization.getConfigMapGenerator().get(0).getLiterals().forEach(literal -> {
            String[] parts = literal.split("=", 2);
            settings.put(parts[0], parts[1]);
        });
        return settings;
    }

    @Test
    void everyFileOfTheBaseIsNamedAndKnown() throws Exception {
        try (Stream<Path> files = Files.list(BASE)) {
            assertThat(kustomization.getResources())
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.equals("kustomization.yaml"))
                                    .toList());
        }
        assertThat(read("service.yaml", Service.class).getSpec().getPorts())
                .allSatisfy(port -> assertThat(container.getPorts())
                        .extracting(open -> open.getName())
                        .contains(port.getTargetPort().getStrVal()));
        PodDisruptionBudget budget = read("disruption-budget.yaml", PodDisruptionBudget.class);
        assertThat(budget.getSpec().getMaxUnavailable().getIntVal())
                .isLessThan(deployment.getSpec().getReplicas());
        assertThat(budget.getSpec().getSelector())
                .as("without a selector a budget protects no pod, and Kustomize adds none")
                .isNotNull()
                .satisfies(selector -> assertThat(selector.getMatchLabels())
                        .isEqualTo(kustomization.getLabels().get(0).getPairs()));
    }

    @Test
    void everyVariableIsAnOptionAndEachPodIsANode() throws Exception {
        Map<String, String> settings = settings();
        settings.put("CALLOUT_NODE", "callout-6d4cf56db6-abcde");
        settings.put("CALLOUT_DB_PASSWORD", "secret");
        settings.put("CALLOUT_SWITCH_FS1_PASSWORD", "secret");
        settings.put("CALLOUT_HTTP_TOKEN", ContainerTest.TOKEN);

        Settings read = Settings.load(null, settings);

        assertThat(read.warnings()).isEmpty();
        assertThat(read.http().orElseThrow().port())
                .isEqualTo(container.getPorts().get(0).getContainerPort());
        assertThat(container.getEnv()).singleElement().satisfies(variable -> {
            assertThat(variable.getName()).isEqualTo("CALLOUT_NODE");
            assertThat(variable.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("metadata.name");
        });
        assertThat(pod.getEnableServiceLinks())
                .as("variables such as CALLOUT_PORT")
                .isFalse();
        assertThat(new TreeSet<>(settings().keySet()))
                .noneMatch(name -> name.contains("PASSWORD") || name.contains("TOKEN"));
        assertThat(container.getEnvFrom().get(1).getSecretRef().getName()).isEqualTo("callout");
    }

    @Test
    void thePodMayDoNothingThatItNeedsNotAndItsProbesReadTheHealthFileOfTheImage() throws IOException {
        String image = Files.readString(Path.of("Dockerfile"));

        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
        assertThat(image).contains("--uid 10001 ");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).isEqualTo(List.of("ALL"));
        assertThat(container.getVolumeMounts())
                .extracting(mount -> mount.getMountPath())
                .containsExactly("/tmp");
        assertThat(image)
                .contains(container.getReadinessProbe().getExec().getCommand().get(2));
        assertThat(container.getReadinessProbe().getExec().getCommand().get(2))
                .startsWith(container.getLivenessProbe().getExec().getCommand().get(2));
        assertThat(Stream.of(pod.getTopologySpreadConstraints()
                                .get(0)
                                .getLabelSelector()
                                .getMatchLabels())
                        .collect(Collectors.toList()))
                .isEqualTo(List.of(kustomization.getLabels().get(0).getPairs()));
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(30);
    }
}
