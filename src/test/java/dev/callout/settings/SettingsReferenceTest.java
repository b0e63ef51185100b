package dev.callout.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.settings.file.DialerParameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That docs/settings.md and docs/tables.md tell of everything there is, as it is. */
class SettingsReferenceTest {

    private static final Path REFERENCE = Path.of("docs/settings.md");

    @Test
    void everyOptionStandsThereWithItsDefaultItsVariableAndItsDescription() throws Exception {
        assertThat(rows("^\\| `(callout\\.[^`]+)` \\| (?:`([^`]*)`)? ?\\| [^|]+ \\| `([^`]+)` \\| (.+) \\|$"))
                .containsExactlyElementsOf(Options.all().stream()
                        .map(option -> List.of(
                                option.key(),
                                option.defaultText(),
                                Option.variable(option.key()),
                                option.description().replace("*", "\\*")))
                        .toList());
    }

    @Test
    void everyColumnOfCampaignsStandsThereInOrder() throws Exception {
        String reference = Files.readString(REFERENCE);
        String section = reference.substring(reference.indexOf("## Columns"), reference.indexOf("## Parameters"));
        assertThat(described(section)).containsExactlyElementsOf(columns("campaigns"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "campaign_phones",
                "schedule_records",
                "holidays",
                "timetables",
                "ivr_prompts",
                "do_not_call",
                "audit",
                "do_not_call_lists",
                "do_not_call_entries",
                "call_attempts"
            })
    void everyColumnOfTheOtherTablesStandsThereInOrder(String table) throws Exception {
        String reference = Files.readString(Path.of("docs/tables.md"));
        String section = reference.substring(reference.indexOf("| Column of `" + table + "` |"));
        assertThat(described(section.substring(0, section.indexOf("\n\n")))).containsExactlyElementsOf(columns(table));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateways", "gateway_groups", "caller_id_pools", "caller_ids"})
    void everyColumnOfGatewaysAndCallerIdsStandsThereInOrder(String table) throws Exception {
        String reference = Files.readString(Path.of("docs/gateways.md"));
        String section = reference.substring(reference.indexOf("| Column of `" + table + "` |"));
        assertThat(described(section.substring(0, section.indexOf("\n\n")))).containsExactlyElementsOf(columns(table));
    }

    /** The columns that the schema makes. */
    private static List<String> columns(String table) throws Exception {
        String schema = Files.readString(Path.of("src/main/resources/sql/schema/" + table + ".sql"));
        return Pattern.compile("(?m)^  (\\w+) ")
                .matcher(schema.substring(0, schema.indexOf("PRIMARY KEY")))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** The columns that a section has a row of its table for. */
    private static List<String> described(String section) {
        return Pattern.compile("(?m)^\\| `(\\w+)` \\|")
                .matcher(section)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @Test
    void everyParameterOfModDialerStandsThereWithItsDefaultAndColumn() throws Exception {
        assertThat(rows("^\\| (`[^|]+`) \\| (no value|`[^`]*`) \\| (`\\w+`) \\|$"))
                .containsExactlyElementsOf(Arrays.stream(DialerParameter.values())
                        .map(parameter -> List.of(
                                String.join(
                                        ", ",
                                        DialerParameter.allNames().stream()
                                                .filter(name -> DialerParameter.named(name)
                                                                .orElseThrow()
                                                        == parameter)
                                                .map(name -> "`" + name + "`")
                                                .toList()),
                                parameter.whenAbsent() == null ? "no value" : "`" + parameter.whenAbsent() + "`",
                                "`" + parameter.column() + "`"))
                        .toList());
    }

    /** The rows that match, each with its groups; one that is not there is empty. */
    private static List<List<String>> rows(String pattern) throws Exception {
        return Pattern.compile("(?m)" + pattern)
                .matcher(Files.readString(REFERENCE))
                .results()
                .map(row -> IntStream.rangeClosed(1, row.groupCount())
                        .mapToObj(row::group)
                        .map(cell -> Objects.requireNonNullElse(cell, ""))
                        .toList())
                .toList();
    }
}
