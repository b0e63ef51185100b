package dev.callout.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedFilesTest {

    private static final Path PROPERTIES = Path.of("config/callout.properties");

    @Test
    void propertiesFileHoldsEveryOptionWithItsDescriptionAndDefaultInOrder() throws Exception {
        List<String> expected = Options.all().stream()
                .flatMap(option ->
                        List.of("# " + option.description(), option.key("fs1") + "=" + option.defaultText()).stream())
                .toList();

        List<String> lines = Files.readAllLines(PROPERTIES);
        List<String> afterTheHead = lines.subList(lines.indexOf("") + 1, lines.size());
        assertThat(afterTheHead.stream().filter(line -> !line.isEmpty() && !line.startsWith("## ")))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void propertiesFileMeansTheSameAsNoFile() throws Exception {
        assertThat(Settings.load(PROPERTIES, Map.of()))
                .hasToString(Settings.load(null, Map.of()).toString());
    }

    @Test
    void karafsFileHoldsTheSameOptionsExceptTheDatabases() throws Exception {
        String ours =
                Files.readString(PROPERTIES).replace("callout.routes=", "callout.routes=${karaf.etc}/callout/routes");
        String karafs = Files.readString(Path.of("config/karaf/dev.callout.cfg"));

        assertThat(karafs.substring(karafs.indexOf("## "))).isEqualTo(ours.substring(ours.indexOf("## Switches")));
    }
}
