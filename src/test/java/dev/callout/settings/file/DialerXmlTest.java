package dev.callout.settings.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialerXmlTest {

    @TempDir
    private Path folder;

    @Test
    void everyParameterBecomesItsColumn() throws Exception {
        DialerXml xml = DialerXml.read(Path.of("src/test/resources/dialer/full.conf.xml"));

        Map<String, String> expected = new HashMap<>(Map.of(
                "context",
                "ivr",
                "dialplan_type",
                "XML",
                "profile_gateway",
                "external/trunk",
                "add_custom_header_name",
                "X-Load",
                "add_custom_header_value",
                "a b",
                "max_concurrent_calls",
                "50",
                "time_between_calls",
                "0.5",
                "max_attempts",
                "5",
                "backoff_sec",
                "90",
                "timeout_sec",
                "45"));
        expected.putAll(Map.of(
                "cancel_ratio",
                "0",
                "cli",
                "4930123",
                "destination_list",
                "my_list",
                "codec_list",
                "PCMA",
                "calling_strategy",
                "random",
                "action_on_answer",
                "park()",
                "finish_on",
                "100",
                "gaussian_distribution",
                "0",
                "gaussian_distribution_mean",
                "12.5",
                "gaussian_distribution_stdv",
                "3"));
        expected.putAll(Map.of(
                "call_max_duration",
                "40",
                "call_min_duration",
                "5",
                "datetime_start",
                "2026-12-24 09:00:00",
                "threshold_msec",
                "0"));
        expected.put("transfer_on_answer", null);
        assertThat(xml.campaigns()).singleElement().satisfies(campaign -> {
            assertThat(campaign.name()).isEqualTo("survey");
            assertThat(campaign.problems()).isEmpty();
            assertThat(campaign.columns()).containsExactlyInAnyOrderEntriesOf(expected);
        });
        assertThat(xml.warnings()).extracting(Problem::key).containsExactly("odbc-dsn", "dbname", "debug");
        assertThat(xml.toString()).as("the ODBC password").doesNotContain("s3cret");
    }

    @Test
    void whatIsAbsentHasTheDocumentedDefault() throws Exception {
        Map<String, String> columns = campaign("").columns();

        Map<String, String> expected = new HashMap<>(Map.of(
                "context",
                "default",
                "add_custom_header_name",
                "sip_h_P-Campaing-Name",
                "add_custom_header_value",
                "my_campaign",
                "max_concurrent_calls",
                "20",
                "time_between_calls",
                "1",
                "max_attempts",
                "3",
                "backoff_sec",
                "600",
                "timeout_sec",
                "30",
                "cancel_ratio",
                "50",
                "destination_list",
                "callout_list"));
        expected.putAll(Map.of(
                "codec_list",
                "PCMA,PCMU,OPUS",
                "calling_strategy",
                "sequential",
                "action_on_answer",
                "echo()",
                "transfer_on_answer",
                "8888",
                "finish_on",
                "-1",
                "gaussian_distribution",
                "1",
                "gaussian_distribution_mean",
                "30",
                "gaussian_distribution_stdv",
                "10",
                "call_max_duration",
                "60",
                "call_min_duration",
                "20"));
        for (String none : List.of("dialplan_type", "profile_gateway", "cli", "datetime_start")) {
            expected.put(none, null);
        }
        expected.put("threshold_msec", "0");
        assertThat(columns).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "time_between_calls, time_between_calls, 0",
        "time_between_retries, backoff_sec, 0",
        "cancel_ratio, cancel_ratio, 0",
        "gaussian_distribution, gaussian_distribution, 0",
        "finish_on, finish_on, 0",
        "call_min_duration, call_min_duration, 0",
        "add_custom_header_name, add_custom_header_name,",
        "add_custom_header_value, add_custom_header_value,",
        "datetime_start, datetime_start,",
        "codec_list, codec_list,",
        "global_caller_id, cli,",
        "context, context,",
        "transfer_on_answer, transfer_on_answer,",
        "action_on_answer, action_on_answer,",
        "calling_strategy, calling_strategy,"
    })
    void whatIsPresentButEmptyIsNoughtOrNothing(String parameter, String column, String value) throws Exception {
        DialerCampaign campaign = campaign("<param name='" + parameter + "' value=' '/>");
        assertThat(campaign.problems()).isEmpty();
        assertThat(campaign.columns()).containsEntry(column, value);
    }

    @ParameterizedTest
    @CsvSource({
        "action_on_anwser, action_on_answer, park()",
        "action_on_answer, action_on_answer, park()",
        "custom_header_name, add_custom_header_name, X-A",
        "add_custom_header_name, add_custom_header_name, X-A",
        "custom_header_value, add_custom_header_value, 1",
        "add_custom_header_value, add_custom_header_value, 1",
        "max_call_duration, call_max_duration, 77",
        "call_max_duration, call_max_duration, 77"
    })
    void bothSpellingsAreKnown(String parameter, String column, String value) throws Exception {
        assertThat(campaign("<param name='" + parameter + "' value='" + value + "'/>")
                        .columns())
                .containsEntry(column, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; 8888",
                "<param name='action_on_anwser' value='park()'/>; ",
                "<param name='transfer_on_answer' value='9999'/>; 9999",
                "<param name='transfer_on_answer' value='9999'/><param name='action_on_answer' value='park()'/>; 9999",
                "<param name='action_on_answer' value=''/>; 8888",
                "<param name='transfer_on_answer' value=''/>; "
            })
    void aTransferGoesBeforeAnActionAndIsTheDefaultWithoutOne(String parameters, String transfer) throws Exception {
        assertThat(campaign(parameters == null ? "" : parameters).columns())
                .containsEntry("transfer_on_answer", transfer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "max_concurrent_calls; many",
                "max_concurrent_calls; 0",
                "max_concurrent_calls; ''",
                "attempts_per_number; -1",
                "time_between_calls; -1",
                "time_between_calls; 1s",
                "time_between_retries; 99999999999",
                "originate_timeout; 0",
                "originate_timeout; 7200",
                "cancel_ratio; 101",
                "calling_strategy; backwards",
                "finish_on; -2",
                "gaussian_distribution; 2",
                "gaussian_distribution_mean; 0",
                "gaussian_distribution_stdv; 0",
                "datetime_start; 2026-13-01-00-00-00",
                "datetime_start; 2026-12-24 09:00",
                "destination_list; $${list}",
                "destination_list; a`b",
                "destination_list; a$b"
            })
    void aWrongValueIsToldWithFileLineAndParameter(String parameter, String value) throws Exception {
        Path file = file("<campaign name='a'>\n<param name='" + parameter + "' value='" + value + "'/>\n</campaign>\n"
                + "<campaign name='b'/>");
        DialerXml xml = DialerXml.read(file);
        assertThat(xml.campaigns().get(0).problems())
                .singleElement()
                .asString()
                .startsWith(file + ":3: " + parameter + ": ");
        assertThat(xml.campaigns().get(1).problems()).as("the other campaign").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gaussian_distribution, 0, call_min_duration, 90, call_min_duration",
        "finish_on, 0, time_between_retries, 0, finish_on"
    })
    void valuesThatContradictEachOtherAreAProblem(String one, String first, String other, String second, String named)
            throws Exception {
        assertThat(campaign("<param name='" + one + "' value='" + first + "'/>" + "<param name='" + other + "' value='"
                                + second + "'/>")
                        .problems())
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo(named);
    }

    @Test
    void whatIsNotKnownIsToldWithItsLineAndTheNearestName() throws Exception {
        Path file = file("<campaign name='a'>\n<param name='cancel_ration' value='7'/>\n<other/>\n"
                + "<param name='cancel_ratio'/>\n</campaign>\n<campaign/>\n<campaign name='a'/>");
        assertThat(DialerXml.read(file).warnings())
                .extracting(Object::toString)
                .containsExactly(
                        file
                                + ":3: cancel_ration: there is no such parameter; it is not used; the nearest is cancel_ratio",
                        file + ":4: <other> is not known and not used",
                        file + ":5: cancel_ratio: has no value, so it counts as absent",
                        file + ":7: campaign: has no name of 1 to 128 characters and is not used",
                        file + ":8: campaign a: is in the file already: this second one is not used");
        assertThat(DialerXml.read(file).campaigns().get(0).columns()).containsEntry("cancel_ratio", "50");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE c [<!ENTITY x SYSTEM 'file:SECRET'>]><configuration><campaigns><campaign name='a'>"
                        + "<param name='context' value='b'/>&x;</campaign></campaigns></configuration>",
                "<!DOCTYPE c SYSTEM 'file:SECRET'><configuration><campaigns/></configuration>",
                "<!DOCTYPE c [<!ENTITY % p SYSTEM 'file:SECRET'>%p;]><configuration><campaigns/></configuration>",
                "<configuration><campaigns><campaign name='a'><param name='context' value='&x;'/></campaign></campaigns>"
                        + "</configuration>",
                "<configuration><campaigns><campaign>",
                "no xml",
                "",
                "<configuration/>"
            })
    void aFileWithADoctypeOrNoXmlAtAllIsRefusedAndNothingOutsideItIsRead(String text) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
        Path file = Files.writeString(folder.resolve("dialer.conf.xml"), text.replace("SECRET", secret.toString()));
        assertThatThrownBy(() -> DialerXml.read(file))
                .isInstanceOf(SettingsException.class)
                .message()
                .startsWith(file.toString())
                .doesNotContain("s3cret");
    }

    @Property(tries = 200)
    void whateverTextsAreGivenAreTakenOrToldNeverMore(@ForAll("parameters") Map<String, String> parameters)
            throws Exception {
        Path file = Files.createTempFile("dialer", ".conf.xml");
        try {
            Files.writeString(
                    file,
                    wrapped("<campaign name='a'>"
                            + parameters.entrySet().stream()
                                    .map(each -> "\n<param name=\"" + each.getKey() + "\" value=\""
                                            + escaped(each.getValue()) + "\"/>")
                                    .collect(Collectors.joining())
                            + "</campaign><campaign name='b'/>"));
            DialerXml xml = DialerXml.read(file);
            assertThat(xml.campaigns()).hasSize(2);
            assertThat(xml.campaigns().get(1).problems()).isEmpty();
            DialerCampaign read = xml.campaigns().get(0);
            parameters.forEach((name, text) -> {
                boolean refused = read.problems().stream().anyMatch(problem -> name.equals(problem.key()));
                String column = DialerParameter.named(name).orElseThrow().column();
                if (!refused && !text.isBlank() && text.matches("[a-z]+")) {
                    assertThat(read.columns().get(column)).isEqualTo(text);
                }
                assertThat(read.columns().containsKey(column) || refused).isTrue();
            });
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Map<String, String>> parameters() {
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(5).map(String::toLowerCase),
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.of("", " ", "0", "1", "-1", "0.5", "echo()", "random"),
                Arbitraries.strings().withChars("<>&\"' ${}\n\té").ofMaxLength(6));
        return Arbitraries.maps(
                        Arbitraries.of(Arrays.stream(DialerParameter.values())
                                .map(each -> DialerParameter.allNames().stream()
                                        .filter(name ->
                                                DialerParameter.named(name).orElseThrow() == each)
                                        .findFirst()
                                        .orElseThrow())
                                .toList()),
                        values)
                .ofMaxSize(12);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private DialerCampaign campaign(String parameters) throws Exception {
        return DialerXml.read(file("<campaign name='a'>" + parameters + "</campaign>"))
                .campaigns()
                .get(0);
    }

    private Path file(String campaigns) throws IOException {
        return Files.writeString(folder.resolve("dialer.conf.xml"), wrapped(campaigns));
    }

    private static String wrapped(String campaigns) {
        return "<configuration name='dialer.conf'><campaigns>\n" + campaigns + "\n</campaigns></configuration>";
    }
}
