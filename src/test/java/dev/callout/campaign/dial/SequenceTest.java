package dev.callout.campaign.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.ParsedOriginate;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.prompt.PieceKind;
import dev.callout.campaign.prompt.Prompt;
import dev.callout.campaign.prompt.PromptPiece;
import dev.callout.campaign.telephone.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
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

/** What a prompt of several pieces becomes, read back as originate and the dialplan inline read it. */
class SequenceTest {

    private static final UUID UUID_1 = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final DialString dialString = new DialString("callout", "external", () -> "", Set.of("echo"));

    @Test
    void eachPieceIsOneApplicationAndOneThatNotesItsEnd() throws UndialableException {
        String line = render(
                prompt(
                        piece("file", "/p/you owe.wav"),
                        piece("silence", "500"),
                        piece("amount", "{amount}"),
                        text("It's {name}, isn't it? 100%, really", "flite", "slt")),
                Map.of("amount", "1,250.50", "name", "O'Neil"));
        assertThat(line).contains(",callout_prompt=4,").contains(",playback_terminators=none}");
        assertThat(applications(line))
                .containsExactly(
                        "playback:/p/you owe.wav",
                        "playback:silence_stream://500",
                        "say:en CURRENCY PRONOUNCED 1250.50",
                        "speak:flite|slt|It's ${callout_v_name}, isn't it? 100%, really");
        assertThat(steps(line))
                .contains("set:callout_prompt=${callout_prompt};1f:${current_application_response}@${strmicroepoch()}")
                .contains("set:callout_prompt=${callout_prompt};3s:${current_application_response}@${strmicroepoch()}");
        assertThat(ParsedOriginate.parse(line).transfer()).hasSize(2).endsWith("inline");
    }

    @Test
    void aPromptThatBeginsWithSpeechBeginsWithAMomentOfSilenceWhoseEventTellsWhen() throws UndialableException {
        String line = render(prompt(piece("date", "{day}"), piece("file", "a.wav")), Map.of("day", "02.12.2026"));
        assertThat(applications(line))
                .containsExactly(
                        "playback:silence_stream://100", "say:en CURRENT_DATE PRONOUNCED 1796212800", "playback:a.wav");
        assertThat(ParsedOriginate.parse(line).variables())
                .containsEntry("callout_prompt", "3")
                .containsEntry("timezone", "UTC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "digits | +49 (30) 12-3 | 4930123",
                "digits | 007 | 007",
                "number | 42 | 42",
                "amount | 12 | 12",
                "amount | 12.5 | 12.50",
                "amount | -12,50 | -12.50",
                "amount | 1,250.00 | 1250.00",
                "amount | 1.250,00 | 1250.00",
                "date | 2026-12-02 | 1796212800",
                "date | 2.12.2026 | 1796212800",
                "time | 8:00 | 946713600",
                "time | 08:00 | 946713600"
            })
    void aValueThatIsSaidHasOneForm(String kind, String value, String form) {
        assertThat(PieceKind.of(kind).orElseThrow().form(value)).contains(form);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "digits | 12a",
                "digits | +",
                "digits | 12^system:x",
                "number | 1.5",
                "number | -1",
                "number | 1234567890",
                "amount | 1,250",
                "amount | 12.505",
                "amount | 12 USD",
                "amount | ${x}",
                "date | 31.02.2026",
                "date | 2026-02-31",
                "date | 0001-01-01",
                "date | tomorrow",
                "time | 25:00",
                "time | 9"
            })
    void anyOtherValueEndsTheNumberWithoutACall(String kind, String value) {
        assertThat(PieceKind.of(kind).orElseThrow().form(value)).isEmpty();
        if (NumberVariables.flaw(value).isEmpty()) {
            assertThatThrownBy(() -> render(prompt(piece(kind, "{x}")), Map.of("x", value)))
                    .isInstanceOfSatisfying(UndialableException.class, e -> {
                        assertThat(e.hangupCause()).isEqualTo("INVALID_VARIABLE x");
                        assertThat(e.isOfTheNumber()).isTrue();
                        assertThat(e.getMessage()).contains("piece 1 of the prompt needs variable x as");
                    });
        }
    }

    /** FreeSWITCH's other modules would say today's date (heard). */
    @Test
    void aDateFrom2038OnIsSaidInEnglishOnly() {
        assertThat(PieceKind.DATE.form("2038-01-18", "de")).contains("2147428800");
        assertThat(PieceKind.DATE.form("2038-01-19", "de")).isEmpty();
        assertThat(PieceKind.DATE.form("2038-01-19", "en")).contains("2147515200");
        assertThat(piece("date", "2050-06-15").problem()).isEmpty();
        assertThat(new PromptPiece("de", PieceKind.DATE, "2050-06-15", null, null).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("before 2038-01-19"));
        Prompt due = prompt(new PromptPiece("de", PieceKind.DATE, "{due}", null, null));
        assertThatThrownBy(() -> render(due, Map.of("due", "2050-06-15")))
                .isInstanceOfSatisfying(UndialableException.class, e -> assertThat(e.hangupCause())
                        .isEqualTo("INVALID_VARIABLE due"));
    }

    @Test
    void aNumberWithoutTheVariableOfAPieceEndsWithoutACall() {
        Prompt prompt = prompt(piece("file", "a.wav"), piece("text", "Hello {name}"));
        assertThatThrownBy(() -> render(prompt, Map.of()))
                .isInstanceOfSatisfying(UndialableException.class, e -> assertThat(e.hangupCause())
                        .isEqualTo("MISSING_VARIABLE name"));
        assertThat(dialString.problems(campaign(prompt)))
                .as("other numbers may have it")
                .isEmpty();
    }

    @Test
    void aNumberHearsThePiecesOfItsLanguage() throws UndialableException {
        Prompt prompt = prompt(
                new PromptPiece("", PieceKind.FILE, "any.wav", null, null),
                new PromptPiece("de", PieceKind.NUMBER, "3", null, null),
                new PromptPiece("pt_br", PieceKind.FILE, "pt.wav", null, null));
        assertThat(applications(render(prompt, Map.of("language", "de")))).contains("say:de NUMBER PRONOUNCED 3");
        assertThat(applications(render(prompt, Map.of("language", "pt-BR")))).contains("playback:pt.wav");
        assertThat(applications(render(prompt, Map.of("language", "fr")))).containsExactly("playback:any.wav");
        assertThat(applications(render(prompt, Map.of()))).containsExactly("playback:any.wav");

        Prompt german = prompt(new PromptPiece("de", PieceKind.NUMBER, "3", null, null));
        assertThat(applications(render(german, Map.of()))).contains("say:de NUMBER PRONOUNCED 3");

        Prompt two = prompt(
                new PromptPiece("de", PieceKind.FILE, "de.wav", null, null),
                new PromptPiece("fr", PieceKind.FILE, "fr.wav", null, null));
        assertThatThrownBy(() -> render(two, Map.of()))
                .isInstanceOfSatisfying(UndialableException.class, e -> assertThat(e.hangupCause())
                        .isEqualTo("MISSING_VARIABLE language"));
        assertThatThrownBy(() -> render(two, Map.of("language", "it")))
                .isInstanceOfSatisfying(UndialableException.class, e -> assertThat(e.hangupCause())
                        .isEqualTo("INVALID_VARIABLE language"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "file~/p/{name}.wav~piece 1 of the prompt",
                "file~a.wav^system:x~holds ^",
                "file~shell_stream://reboot~must be a file",
                "file~a.wav!b.wav~holds !",
                "silence~0~milliseconds",
                "silence~1^system:x~milliseconds",
                "text~a^system:x~holds ^",
                "text~flite|slt|x~holds |",
                "text~${system(x)}~holds $",
                "text~a\\\\sb~holds",
                "text~_: x~_:",
                "number~{a}1~one {variable}",
                "number~1 ^~one {variable}"
            })
    void aPieceThatCouldDoAnythingElseKeepsTheCampaignIdle(String kind, String value, String problem) {
        assertThat(dialString.problems(campaign(prompt(piece(kind, value)))))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void allLanguagesAreCheckedBeforeAnyCall() {
        assertThat(dialString.problems(campaign(prompt(
                        new PromptPiece("de", PieceKind.FILE, "a.wav", null, null),
                        new PromptPiece("fr", PieceKind.FILE, "b|c.wav", null, null)))))
                .singleElement()
                .asString()
                .contains("piece 1 of the prompt in fr");
    }

    @Test
    void aPromptThatIsTooLongInOneLanguageKeepsTheCampaignIdleAndDoesNotBlameANumber() {
        Prompt prompt = prompt(
                new PromptPiece("de", PieceKind.FILE, "a.wav", null, null),
                new PromptPiece("en", PieceKind.TEXT, "x".repeat(999), null, null),
                new PromptPiece("en", PieceKind.TEXT, "x".repeat(999), null, null),
                new PromptPiece("en", PieceKind.TEXT, "x".repeat(999), null, null),
                new PromptPiece("en", PieceKind.TEXT, "x".repeat(999), null, null),
                new PromptPiece("fr", PieceKind.FILE, "a.wav", null, null));
        assertThat(dialString.problems(campaign(prompt)))
                .singleElement()
                .asString()
                .contains("4096 bytes");
        assertThatThrownBy(() -> render(prompt, Map.of("language", "en")))
                .isInstanceOfSatisfying(UndialableException.class, e -> assertThat(e.isOfTheNumber())
                        .isFalse());
    }

    @Test
    void aRouteCannotSetWhatAPromptSets() {
        assertThatThrownBy(() -> dialString.render(
                        campaign(prompt(piece("date", "2026-12-02"))),
                        new CallOrder(
                                UUID_1,
                                new PhoneNumber("1"),
                                null,
                                60,
                                false,
                                new CallOrder.Choice(null, Map.of("timezone", "Asia/Tokyo")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("variable timezone cannot be added");
    }

    @Test
    void anEngineIsAName() {
        assertThat(dialString.problems(campaign(prompt(text("x", "flite^system:x", "slt")))))
                .hasSize(1);
        assertThat(dialString.problems(campaign(prompt(text("x", "flite", null)))))
                .hasSize(1);
    }

    /** The list is always the same but for the digits of a fixed form; texts stay in their channel variables. */
    @Property(tries = 4000)
    void whateverVariablesHoldTheListOfApplicationsStaysTheSame(@ForAll("hostile") Map<String, String> hostile)
            throws UndialableException {
        Prompt prompt = prompt(
                piece("file", "/p/a.wav"),
                piece("digits", "{a}"),
                text("Dear {b}, you owe {a}", "flite", "slt"),
                piece("amount", "{b}"));
        String line;
        try {
            line = render(prompt, hostile);
        } catch (UndialableException e) {
            Statistics.collect("refused");
            assertThat(e.isOfTheNumber()).isTrue();
            assertThat(e.hangupCause()).matches("(INVALID|MISSING)_VARIABLE( [a-z0-9_]{1,32})?");
            return;
        }
        Statistics.collect("rendered");
        assertThat(line).doesNotContainPattern("\\p{Cc}");
        Map<String, String> expected = new TreeMap<>(ParsedOriginate.parse(render(prompt, Map.of("a", "1", "b", "2")))
                .variables());
        hostile.forEach((name, value) -> {
            if (!value.isBlank()) {
                expected.put("callout_v_" + name, value.strip());
            }
        });
        assertThat(new TreeMap<>(ParsedOriginate.parse(line).variables())).isEqualTo(expected);
        List<String> applications = applications(line);
        assertThat(applications)
                .hasSize(4)
                .contains("playback:/p/a.wav", "speak:flite|slt|Dear ${callout_v_b}, you owe ${callout_v_a}");
        assertThat(applications.get(1)).matches("say:en NUMBER ITERATED [0-9]{1,32}");
        assertThat(applications.get(3)).matches("say:en CURRENCY PRONOUNCED -?[0-9]{1,9}(\\.[0-9]{2})?");
    }

    @Provide
    Arbitrary<Map<String, String>> hostile() {
        return value().tuple2().map(pair -> Map.of("a", pair.get1(), "b", pair.get2()));
    }

    private static Arbitrary<String> value() {
        Arbitrary<String> syntax = Arbitraries.strings()
                .withChars(" ,'|^:_={}[]<>()&$\\\"~@/;!%#\n\u0000aZ19é")
                .ofMaxLength(8);
        Arbitrary<String> digits = Arbitraries.strings()
                .withChars("0123456789.,- ^|:'")
                .ofMinLength(1)
                .ofMaxLength(6);
        Arbitrary<String> plain = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(5);
        Arbitrary<String> words =
                Arbitraries.of("1^system:x", "1,system:x", "1' ^park '", "1\\s2", "12,50", " 7 ", "undef");
        return Arbitraries.frequencyOf(
                Tuple.of(2, syntax), Tuple.of(3, digits), Tuple.of(6, plain), Tuple.of(2, words));
    }

    private String render(Prompt prompt, Map<String, String> variables) throws UndialableException {
        return dialString.render(
                campaign(prompt),
                new CallOrder(
                        UUID_1,
                        new PhoneNumber("5551234"),
                        null,
                        60,
                        false,
                        new CallOrder.Choice(null, Map.of(), NumberVariables.of(variables))));
    }

    private static Campaign campaign(Prompt prompt) {
        return CampaignBuilder.campaign().id(7).gateway("trunk").prompt(prompt).build();
    }

    private static Prompt prompt(PromptPiece... pieces) {
        return new Prompt(null, List.of(pieces));
    }

    private static PromptPiece piece(String kind, String value) {
        return new PromptPiece("", PieceKind.of(kind).orElseThrow(), value, null, null);
    }

    private static PromptPiece text(String value, String engine, String voice) {
        return new PromptPiece("", PieceKind.TEXT, value, engine, voice);
    }

    /** The applications without those that note an end. */
    private static List<String> applications(String line) {
        return steps(line).stream().filter(step -> !step.startsWith("set:")).toList();
    }

    /** The list as inline_dialplan_hunt of mod_dptools takes it apart. */
    private static List<String> steps(String line) {
        String list = ParsedOriginate.parse(line).transfer().get(0);
        assertThat(list).startsWith("m:^:");
        List<String> steps = new ArrayList<>(ParsedOriginate.words(list.substring(4), '^'));
        assertThat(Stream.iterate(1, i -> i + 2).limit(steps.size() / 2))
                .allMatch(i -> steps.get(i).startsWith("set:callout_prompt=${callout_prompt};"));
        return steps;
    }
}
