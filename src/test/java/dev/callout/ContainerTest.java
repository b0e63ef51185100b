package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** That Dockerfile and compose.yaml fit the program; they are not run. */
class ContainerTest {

    /** What stands for the token, which the user must set. */
    static final String TOKEN = "0123456789abcdef";

    private static final Pattern WITH_DEFAULT = Pattern.compile("\\$\\{\\w+:-([^}]*)}");
    private static final Pattern TO_BE_SET = Pattern.compile("\\$\\{\\w+:\\?[^}]*}");

    private static Map<?, ?> service(String name) throws Exception {
        Map<?, ?> file = (Map<?, ?>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of("compose.yaml")));
        Map<?, ?> service = (Map<?, ?>) ((Map<?, ?>) file.get("services")).get(name);
        assertThat((Object) service).as("service " + name).isNotNull();
        return service;
    }

    /** Of a service, with what stands in its place if a variable is not set. */
    static Map<String, String> environment(String service) throws Exception {
        Map<String, String> environment = new HashMap<>();
        ((Map<?, ?>) service(service).get("environment"))
                .forEach((name, value) -> environment.put(
                        (String) name,
                        TO_BE_SET
                                .matcher(WITH_DEFAULT
                                        .matcher((String) value)
                                        .replaceAll(match -> Matcher.quoteReplacement(match.group(1))))
                                .replaceAll(TOKEN)));
        return environment;
    }

    @Test
    void everyVariableIsAnOptionAndTheyFitTogether() throws Exception {
        Settings settings = Settings.load(null, environment("callout"));

        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.database().url())
                .isEqualTo("jdbc:mariadb://database:3306/"
                        + environment("database").get("MARIADB_DATABASE"));
        assertThat(settings.database().user()).isEqualTo(environment("database").get("MARIADB_USER"));
        assertThat(settings.database().password())
                .isEqualTo(environment("database").get("MARIADB_PASSWORD"));
        assertThat(settings.http())
                .hasValueSatisfying(http -> assertThat(http.token()).isPresent());
        assertThat((List<?>) service("callout").get("ports")).asString().isEqualTo("[127.0.0.1:8080:8080]");
    }

    @Test
    void serviceOfOursMayDoNothingThatItNeedsNot() throws Exception {
        assertThat(service("callout").get("read_only")).isEqualTo(true);
        assertThat((Object) service("callout").get("tmpfs")).isEqualTo(List.of("/tmp"));
        assertThat((Object) service("callout").get("cap_drop")).isEqualTo(List.of("ALL"));
        assertThat((Object) service("callout").get("security_opt")).isEqualTo(List.of("no-new-privileges:true"));
    }

    @Test
    void nobodyKnowsTheTokenBeforehandAndEveryImageHasAnExactTagThatADigestCanReplace() throws Exception {
        String compose = Files.readString(Path.of("compose.yaml"));

        assertThat(compose).contains("CALLOUT_HTTP_TOKEN: ${CALLOUT_HTTP_TOKEN:?");
        Matcher images = Pattern.compile("(?m)^ *(?:image|JDK|JRE): (.*)$").matcher(compose);
        assertThat(images.results().map(match -> match.group(1)))
                .hasSize(4)
                .allMatch(image -> image.matches("\\$\\{[A-Z]+:-[a-z/-]+:\\d+\\.\\d+\\.\\d+[a-z0-9_-]*}"));
        assertThat(Files.readString(Path.of("Dockerfile")))
                .containsPattern("ARG JDK=eclipse-temurin:\\d+\\.\\d+\\.\\d+_\\d+-jdk\n")
                .containsPattern("ARG JRE=eclipse-temurin:\\d+\\.\\d+\\.\\d+_\\d+-jre\n")
                .doesNotContainPattern("FROM [^$]");
    }

    /** What the freeswitch service has at a path, from this repository. */
    private static Document mounted(String path) throws Exception {
        String mount = ((List<?>) service("freeswitch").get("volumes"))
                .stream()
                        .map(String.class::cast)
                        .filter(one -> one.endsWith(":" + path + ":ro"))
                        .findFirst()
                        .orElseThrow();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(mount.split(":")[0]).toFile());
    }

    @Test
    void switchLetsCalloutIn() throws Exception {
        Document file = mounted("/etc/freeswitch/autoload_configs/event_socket.conf.xml");
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < file.getElementsByTagName("param").getLength(); i++) {
            Element parameter = (Element) file.getElementsByTagName("param").item(i);
            parameters.put(parameter.getAttribute("name"), parameter.getAttribute("value"));
        }

        assertThat(Settings.load(null, environment("callout")).switches())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.host()).isEqualTo("freeswitch");
                    assertThat(parameters)
                            .containsEntry("password", one.password())
                            .containsEntry("listen-port", Integer.toString(one.port()))
                            .containsEntry("listen-ip", "0.0.0.0");
                });
    }

    @Test
    void switchHasAnAddressWithoutAskingTheInternet() throws Exception {
        NodeList set = mounted("/etc/freeswitch/autoload_configs/event_socket.conf.xml")
                .getElementsByTagName("X-PRE-PROCESS");

        assertThat(IntStream.range(0, set.getLength()).mapToObj(i -> ((Element) set.item(i)).getAttribute("data")))
                .containsExactlyInAnyOrder("external_rtp_ip=$${local_ip_v4}", "external_sip_ip=$${local_ip_v4}");
    }

    @Test
    void numbersOfTheExampleAreCallees() throws Exception {
        NodeList conditions =
                mounted("/etc/freeswitch/dialplan/public/callees.xml").getElementsByTagName("condition");
        List<Pattern> callees = IntStream.range(0, conditions.getLength())
                .mapToObj(i -> (Element) conditions.item(i))
                .map(condition -> Pattern.compile(condition.getAttribute("expression")))
                .toList();

        assertThat(Pattern.compile("\"(\\d{4})\"[,\\]]")
                        .matcher(Files.readString(Path.of("docs/container.md")))
                        .results()
                        .map(number -> number.group(1))
                        .filter(number -> !number.equals("5000")))
                .hasSize(5)
                .allSatisfy(number -> assertThat(callees)
                        .filteredOn(callee -> callee.matcher(number).find())
                        .hasSize(1));
    }

    @Test
    void imageRunsTheProgramItselfSoThatSignalsReachItAndLooksAtTheFileItWrites() throws Exception {
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        Matcher entry = Pattern.compile("(?m)^ENTRYPOINT \\[\"java\", .*\"run\", \"--health-file\", \"([^\"]+)\"]$")
                .matcher(dockerfile);

        assertThat(entry.find()).as("exec form").isTrue();
        assertThat(dockerfile)
                .contains("find " + entry.group(1) + " -mmin -1")
                .contains("grep -qx UP " + entry.group(1))
                .doesNotContain("STOPSIGNAL");
        assertThat(Pattern.compile("CALLOUT_[A-Z_]+").matcher(dockerfile).results())
                .as("every setting is the user's")
                .isEmpty();
    }
}
