package dev.callout.campaign.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.ParsedOriginate;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.menu.KeyAction;
import dev.callout.campaign.menu.Menu;
import dev.callout.campaign.menu.MenuKey;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.prompt.PieceKind;
import dev.callout.campaign.prompt.Prompt;
import dev.callout.campaign.prompt.PromptPiece;
import dev.callout.campaign.telephone.PhoneNumber;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What menus become, read back as originate, transfer and the dialplan inline read them. */
class MenuListsTest {

    private static final UUID UUID_1 = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final String NOTED =
            ":${current_application_response}@${strmicroepoch()}!${playback_terminator_used}";

    private final DialString dialString = new DialString("callout", "external", () -> "", Set.of("echo"));

    @Test
    void aMenuPlaysItsPiecesWaitsForAKeyAndIsRepeated() throws UndialableException {
        Map<String, String> variables =
                variables(menu(1, sequence(), 2, key("1", KeyAction.END)), Map.of("amount", "12"));
        String jump = "transfer:${url_decode(${callout_k0${playback_terminator_used}})}";
        assertThat(steps(variables, "callout_m0"))
                .containsExactly(
                        "unset:transfer_history",
                        "set:playback_terminators=1",
                        "playback:/p/you owe, its.wav",
                        "set:callout_prompt=${callout_prompt};1f" + NOTED,
                        jump,
                        "say:en CURRENCY PRONOUNCED 12",
                        "set:callout_prompt=${callout_prompt};2s" + NOTED,
                        jump,
                        "playback:silence_stream://3000",
                        "set:callout_prompt=${callout_prompt};99f" + NOTED,
                        jump,
                        "set:callout_n0=${callout_n0}x",
                        "transfer:${url_decode(${callout_${callout_r0${callout_n0}}})}");
        assertThat(variables)
                .containsEntry("callout_prompt", "2")
                .containsEntry("callout_r0x", "m0")
                .containsEntry("callout_r0xx", "m0")
                .doesNotContainKey("callout_r0xxx");
    }

    @Test
    void aKeyIsNotedAndThenLeadsWhereItsMenuSays() throws UndialableException {
        MenuKey transfer = new MenuKey("2", "agent", KeyAction.TRANSFER, "1000", null, null);
        MenuKey next = new MenuKey("3", null, KeyAction.MENU, null, 2L, null);
        MenuKey thanks = new MenuKey("#", "no", KeyAction.END, null, null, Prompt.ofFile("/p/thanks.wav"));
        Menu first = new Menu(
                1,
                null,
                Prompt.ofFile("a.wav"),
                Duration.ofSeconds(3),
                0,
                List.of(transfer, next, thanks, key("*", KeyAction.REPEAT), key("9", KeyAction.OPT_OUT)));
        Menu second = new Menu(2, null, Prompt.ofFile("b.wav"), Duration.ofSeconds(3), 0, List.of(next, thanks));
        Map<String, String> variables = variables(new Menus(1, Map.of(1L, first, 2L, second)), Map.of());
        assertThat(steps(variables, "callout_k02"))
                .containsExactly(
                        "set:callout_keys=${callout_keys};2:transfer:agent",
                        "unset:playback_terminators",
                        "transfer:1000 XML default");
        assertThat(steps(variables, "callout_k03"))
                .containsExactly("set:callout_keys=${callout_keys};3:menu:", "transfer:${url_decode(${callout_m1})}");
        assertThat(steps(variables, "callout_k0#"))
                .containsExactly("set:callout_keys=${callout_keys};#:end:no", "transfer:${url_decode(${callout_p0})}");
        assertThat(steps(variables, "callout_k0*"))
                .containsExactly("set:callout_keys=${callout_keys};*:repeat:", "transfer:${url_decode(${callout_m0})}");
        assertThat(steps(variables, "callout_k09"))
                .containsExactly("set:callout_keys=${callout_keys};9:opt_out:opt_out");
        assertThat(steps(variables, "callout_p0")).contains("set:playback_terminators=none", "playback:/p/thanks.wav");
        assertThat(variables).containsEntry("execute_on_answer_2", "unset ignore_early_media");
    }

    @Test
    void theFilesOfAllMenusAndKeysAreAskedForOnTheSwitch() {
        MenuKey thanks = new MenuKey("1", "no", KeyAction.END, null, null, Prompt.ofFile("/p/thanks.wav"));
        assertThat(DialString.localFiles(CampaignBuilder.campaign()
                        .menus(menu(1, sequence(), 0, thanks))
                        .build()))
                .containsExactly("/p/you owe, its.wav", "/p/thanks.wav");
    }

    @Test
    void menusThatCannotBePlayedAreRefusedWithTheReason() {
        assertThatThrownBy(() -> variables(new Menus(7, Map.of()), Map.of())).hasMessageContaining("i_menu is 7");
        assertThatThrownBy(() -> variables(menu(1, sequence(), 0), Map.of("amount", "1")))
                .hasMessageContaining("menu 1 has no keys");
        MenuKey lost = new MenuKey("1", null, KeyAction.MENU, null, 5L, null);
        assertThatThrownBy(() -> variables(menu(1, sequence(), 0, lost), Map.of("amount", "1")))
                .hasMessageContaining("leads by key 1 to menu 5, which does not exist");
        MenuKey run = new MenuKey("1", "x", KeyAction.TRANSFER, "&system(x)", null, null);
        assertThatThrownBy(() -> variables(menu(1, sequence(), 0, run), Map.of("amount", "1")))
                .hasMessageContaining("its extension must match");
        MenuKey word = new MenuKey("1", "x;9:opt_out:", KeyAction.END, null, null, null);
        assertThatThrownBy(() -> variables(menu(1, sequence(), 0, word), Map.of("amount", "1")))
                .hasMessageContaining("needs an answer");
        assertThatThrownBy(() -> variables(menu(1, sequence(), 0, key("1", KeyAction.END)), Map.of()))
                .hasMessageContaining("amount");
        Prompt novel = new Prompt(
                null,
                Stream.generate(() -> new PromptPiece("", PieceKind.FILE, "/p/" + "x".repeat(200), null, null))
                        .limit(18)
                        .toList());
        assertThatThrownBy(() -> variables(menu(1, novel, 0, key("1", KeyAction.END)), Map.of()))
                .hasMessageContaining("longer than 4096 bytes");
    }

    @Property(tries = 300)
    void noValueOfANumberAndNoTextAddsAnApplication(@ForAll("hostile") String value, @ForAll("hostile") String text)
            throws UndialableException {
        Prompt prompt = new Prompt(
                null,
                List.of(
                        new PromptPiece("", PieceKind.TEXT, "Hello {name} " + text, "flite", "slt"),
                        new PromptPiece("", PieceKind.FILE, "/p/a.wav", null, null)));
        Map<String, String> variables;
        try {
            variables = variables(menu(1, prompt, 1, key("1", KeyAction.END)), Map.of("name", value));
        } catch (UndialableException | IllegalArgumentException refused) {
            return;
        }
        List<String> steps = steps(variables, "callout_m0");
        assertThat(steps.stream().map(step -> step.replaceFirst(":.*", "")).toList())
                .containsExactly(
                        "unset",
                        "set",
                        "playback",
                        "set",
                        "transfer",
                        "speak",
                        "set",
                        "transfer",
                        "playback",
                        "set",
                        "transfer",
                        "playback",
                        "set",
                        "transfer",
                        "set",
                        "transfer");
        assertThat(steps.get(5)).startsWith("speak:flite|slt|Hello ${callout_v_name}");
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "^system:reboot",
                        "%5Esystem:x",
                        "it's",
                        "a b",
                        "Zoë",
                        "${x}",
                        "}",
                        ",",
                        "|",
                        "%24{x}",
                        "x' inline"),
                Arbitraries.strings()
                        .withChars("ab '^%,:;$\\{}|\"25E7")
                        .ofMinLength(1)
                        .ofMaxLength(12));
    }

    private Map<String, String> variables(Menus menus, Map<String, String> ofNumber) throws UndialableException {
        String line = dialString.render(
                CampaignBuilder.campaign().id(7).gateway("trunk").menus(menus).build(),
                new CallOrder(
                        UUID_1,
                        new PhoneNumber("5551234"),
                        null,
                        60,
                        false,
                        new CallOrder.Choice(null, Map.of(), NumberVariables.of(ofNumber))));
        ParsedOriginate parsed = ParsedOriginate.parse(line);
        assertThat(parsed.transfer()).containsExactly("transfer:${url_decode(${callout_m0})}", "inline");
        assertThat(parsed.variables().values()).noneMatch(value -> value.contains("${"));
        return parsed.variables();
    }

    /** As the application transfer takes the decoded variable apart, and then the dialplan inline its list. */
    private static List<String> steps(Map<String, String> variables, String name) {
        String decoded = URLDecoder.decode(variables.get(name).replace("+", "%2B"), StandardCharsets.UTF_8);
        List<String> words = ParsedOriginate.words(decoded, ' ');
        assertThat(words).hasSize(2).endsWith("inline");
        assertThat(words.get(0)).startsWith("m:^:");
        return ParsedOriginate.words(words.get(0).substring(4), '^');
    }

    private static Menus menu(long id, Prompt prompt, int repeats, MenuKey... keys) {
        Menu menu = new Menu(id, null, prompt, Duration.ofSeconds(3), repeats, List.of(keys));
        return new Menus(id, Stream.of(menu).collect(Collectors.toMap(Menu::id, Function.identity())));
    }

    private static MenuKey key(String key, KeyAction action) {
        return new MenuKey(key, action == KeyAction.END ? "yes" : null, action, null, null, null);
    }

    private static Prompt sequence() {
        return new Prompt(
                null,
                List.of(
                        new PromptPiece("", PieceKind.FILE, "/p/you owe, its.wav", null, null),
                        new PromptPiece("", PieceKind.AMOUNT, "{amount}", null, null)));
    }
}
