package dev.callout.campaign.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.ParsedOriginate;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberVariablesTest {

    private static final UUID UUID_1 = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final DialString dialString = new DialString(
            "callout",
            "external",
            () -> "",
            Set.of("echo", "say", "speak", "phrase", "playback", "conference", "record"));

    private static CampaignBuilder campaign(String application) {
        return CampaignBuilder.campaign().id(7).gateway("trunk").application(application);
    }

    private String render(Campaign campaign, Map<String, String> variables) throws UndialableException {
        return dialString.render(
                campaign,
                new CallOrder(
                        UUID_1,
                        new PhoneNumber("5551234"),
                        null,
                        60,
                        false,
                        new CallOrder.Choice(null, Map.of(), NumberVariables.of(variables))));
    }

    @Test
    void theCallHasEachVariableUnderANameOfItsOwn() throws UndialableException {
        ParsedOriginate line = ParsedOriginate.parse(render(
                campaign("echo()").build(), Map.of("amount", "1,250.00", "name", " Zoë O'Neil | \"Z\" ", "town", " ")));
        assertThat(line.variables())
                .containsEntry("callout_v_amount", "1,250.00")
                .containsEntry("callout_v_name", "Zoë O'Neil | \"Z\"")
                .as("a blank value is none")
                .doesNotContainKey("callout_v_town");
    }

    @Test
    void withoutVariablesTheLineIsAsIfThereWereNone() throws UndialableException {
        CallOrder plain = new CallOrder(UUID_1, new PhoneNumber("5551234"), null, 60);
        assertThat(render(campaign("echo()").build(), Map.of("town", "")))
                .isEqualTo(dialString.render(campaign("echo()").build(), plain));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "12.50, 12.50",
                "Zoë Łódź, Zoë Łódź",
                "O'Brien, ${callout_v_amount}",
                "1) &system(x, ${callout_v_amount}",
                "a:b, ${callout_v_amount}",
            })
    void aPlaceholderIsTheValueOrWhereTheArgumentCannotHoldItTheChannelVariable(String value, String argument)
            throws UndialableException {
        ParsedOriginate line = ParsedOriginate.parse(
                render(campaign("say(en CURRENCY PRONOUNCED {amount})").build(), Map.of("amount", value)));
        assertThat(line.application()).isEqualTo("say");
        assertThat(line.arguments()).isEqualTo("en CURRENCY PRONOUNCED " + argument);
        assertThat(line.variables()).containsEntry("callout_v_amount", value);
    }

    @Test
    void aNumberWithoutTheVariableFailsAndTheCauseNamesIt() {
        assertThatThrownBy(() -> render(campaign("speak(You owe {amount})").build(), Map.of("name", "Ann")))
                .isInstanceOfSatisfying(UndialableException.class, e -> {
                    assertThat(e.isOfTheNumber()).isTrue();
                    assertThat(e.hangupCause()).isEqualTo("MISSING_VARIABLE amount");
                });
        assertThat(dialString.problems(campaign("speak(You owe {amount})").build()))
                .as("other numbers may have it")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "playback({file})",
                "playback(/prompts/{file}.wav)",
                "conference({room})",
                "record({file})",
                "say({module} NUMBER PRONOUNCED 1)",
                "phrase({macro},1)",
                "speak({Amount})",
                "speak({})",
                "speak(${callout_v_amount})",
                "speak($${{amount}})",
                "speak({amount}|x)",
                "{application}(x)"
            })
    void aValueNeverBecomesAFileAnApplicationOrARoom(String application) {
        assertThat(dialString.problems(campaign(application).build())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\u0000",
                "a}b",
                "{a",
                "${x}",
                "a$",
                "[a",
                "<a>",
                "a\\b",
                "a:_:b",
                "^^:a",
                "a^^b",
                "ARRAY::a|:b",
                "it's 'x"
            })
    void aValueThatCannotBeQuotedEndsTheNumberAndIsNotShown(String value) {
        assertThat(NumberVariables.flaw(value)).isPresent();
        assertThatThrownBy(() -> render(campaign("echo()").build(), Map.of("note", value)))
                .hasMessageNotContaining(value)
                .isInstanceOfSatisfying(UndialableException.class, e -> {
                    assertThat(e.isOfTheNumber()).isTrue();
                    assertThat(e.hangupCause()).isEqualTo("INVALID_VARIABLE note");
                });
    }

    @Test
    void apostrophesInTwoVariablesOrBesideTheCampaignsWouldBeQuotes() {
        assertThatThrownBy(() -> NumberVariables.of(Map.of("first", "D'Arcy", "last", "O'Neil")))
                .hasMessageContaining("last")
                .hasMessageContaining("first");
        assertThatThrownBy(() -> render(
                        campaign("echo()").headerName("X-A").headerValue("it's").build(), Map.of("last", "O'Neil")))
                .isInstanceOfSatisfying(UndialableException.class, e -> {
                    assertThat(e.isOfTheNumber()).as("the campaign goes on").isTrue();
                    assertThat(e.hangupCause()).isEqualTo("INVALID_VARIABLE last");
                });
    }

    @Test
    void aBarInAnArgumentWouldSeparateTwo() {
        assertThatThrownBy(() -> render(campaign("speak({text})").build(), Map.of("text", "flite|kal|x")))
                .hasMessageContaining("|")
                .hasMessageNotContaining("kal");
    }

    @Test
    void togetherTheyAreLimited() throws UndialableException {
        String longest = "x".repeat(NumberVariables.MOST_BYTES - "callout_v_a=,".length());
        assertThat(render(campaign("echo()").build(), Map.of("a", longest))).contains(longest);
        assertThatThrownBy(() -> NumberVariables.of(Map.of("a", longest, "b", "1")))
                .hasMessageContaining("more than 2048 bytes");
        assertThatThrownBy(() -> NumberVariables.of(Map.of("a", " ,".repeat(600) + ",")))
                .as("as they are written")
                .hasMessageContaining("more than 2048 bytes");
    }

    @Test
    void aCampaignThatIsLongItselfLosesOnlyTheNumberWhoseVariablesMakeItTooLong() {
        Campaign campaign = campaign("echo()")
                .headerName("X-A")
                .headerValue("x".repeat(3000))
                .build();
        assertThatThrownBy(() -> render(campaign, Map.of("a", "x".repeat(1000))))
                .isInstanceOfSatisfying(UndialableException.class, e -> {
                    assertThat(e.isOfTheNumber()).isTrue();
                    assertThat(e.hangupCause()).isEqualTo("INVALID_VARIABLE");
                });
    }

    /** The values stand in the line as they are, or the number is refused: nothing else of the line ever changes. */
    @Property(tries = 4000)
    void whateverVariablesHoldTheyReachTheSwitchInTheirChannelVariablesOnly(
            @ForAll("hostile") Map<String, String> hostile) throws UndialableException {
        Campaign campaign = campaign("say(en CURRENCY PRONOUNCED {a} and {b})").build();
        ParsedOriginate plain = ParsedOriginate.parse(render(campaign, Map.of("a", "1", "b", "2")));
        String line;
        try {
            line = render(campaign, hostile);
        } catch (UndialableException e) {
            Statistics.collect("refused");
            assertThat(e.isOfTheNumber()).isTrue();
            assertThat(e.hangupCause()).matches("(INVALID|MISSING)_VARIABLE( [a-z0-9_]{1,32})?");
            assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cc}]");
            return;
        }
        Statistics.collect("rendered");
        assertThat(line).doesNotContainPattern("\\p{Cc}");
        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(4096);
        ParsedOriginate read = ParsedOriginate.parse(line);
        Map<String, String> expected = new TreeMap<>(plain.variables());
        expected.remove("callout_v_a");
        expected.remove("callout_v_b");
        hostile.forEach((name, value) -> {
            if (!value.isBlank()) {
                expected.put("callout_v_" + name, value.strip());
            }
        });
        assertThat(new TreeMap<>(read.variables())).isEqualTo(expected);
        assertThat(read.destinations()).isEqualTo(plain.destinations());
        assertThat(read.application()).isEqualTo("say");
        String argument = read.arguments();
        for (String name : Set.of("a", "b")) {
            argument = argument.replace(
                    "${callout_v_" + name + "}", hostile.get(name).strip());
        }
        assertThat(argument)
                .isEqualTo("en CURRENCY PRONOUNCED " + hostile.get("a").strip() + " and "
                        + hostile.get("b").strip());
    }

    /** Names a and b always, maybe further ones. */
    @Provide
    Arbitrary<Map<String, String>> hostile() {
        Arbitrary<String> name = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of("c", "amount", "origination_uuid", "9_")),
                Tuple.of(1, Arbitraries.of("", "A", "a b", "a=b", "x}", "é", "n".repeat(33))));
        return Arbitraries.maps(name, value()).ofMaxSize(2).flatMap(more -> value().tuple2()
                .map(pair -> {
                    Map<String, String> all = new TreeMap<>(more);
                    all.put("a", pair.get1());
                    all.put("b", pair.get2());
                    return all;
                }));
    }

    private static Arbitrary<String> value() {
        Arbitrary<String> syntax = Arbitraries.strings()
                .withChars(" ,'|^:_={}[]<>()&$\\\"~@/;!%#\n\r\t\u0000aZ9é😀")
                .ofMaxLength(8);
        Arbitrary<String> words = Arbitraries.of(
                "12.50",
                "O'Brien",
                "a,b=c",
                ",callout=x",
                "} &system(id)",
                "a|sofia/x/1",
                ":_:",
                "^^;a",
                "${uuid}",
                "ARRAY::1|:2",
                " padded ",
                "undef",
                "1) &park(",
                "\\s",
                "ł".repeat(700),
                "’",
                "+1 (202) 555");
        return Arbitraries.frequencyOf(
                Tuple.of(3, syntax),
                Tuple.of(3, words),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(10)),
                Tuple.of(
                        4,
                        Arbitraries.strings()
                                .alpha()
                                .numeric()
                                .withChars(" ,.")
                                .ofMinLength(1)
                                .ofMaxLength(12)));
    }
}
