package dev.callout.campaign.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.ParsedOriginate;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.amd.Detection;
import dev.callout.campaign.amd.Machines;
import dev.callout.campaign.prompt.Prompt;
import dev.callout.campaign.telephone.PhoneNumber;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the switch is told to listen first, read back as originate, transfer and the dialplan inline read it. */
class MachineListsTest {

    private static final String NOW = "${strmicroepoch()}";
    private static final String GOES_ON = "transfer:${url_decode(${callout_next})}";

    private final DialString dialString = new DialString("callout", "external", () -> "", Set.of("echo", "bridge"));

    @Test
    void theSwitchListensToTheGreetingAndGoesOnAsForAPersonWhateverItCannotTell() throws UndialableException {
        Map<String, String> variables =
                variables(prompt().machines(new Machines(Detection.CADENCE, null, Duration.ofSeconds(20))));

        assertThat(steps(variables, "callout_greeting"))
                .containsExactly(
                        "unset:transfer_history",
                        "set:callout_amd=" + NOW,
                        "detect_audio:320 5 2500",
                        choose("ca${detect_audio_timeout}"),
                        "detect_silence:320 20 700",
                        choose("cb${detect_silence_timeout}"),
                        "detect_silence:320 28 4300",
                        choose("cc${detect_silence_timeout}"),
                        "detect_audio:320 5 600",
                        choose("cd${detect_audio_timeout}"),
                        "set:callout_amd=${callout_amd};unknown:" + NOW,
                        GOES_ON);
        assertThat(steps(variables, "callout_gh"))
                .containsExactly("unset:transfer_history", "set:callout_amd=${callout_amd};human:" + NOW, GOES_ON);
        assertThat(steps(variables, "callout_gm"))
                .endsWith("set:callout_amd=${callout_amd};machine:" + NOW, "hangup:NORMAL_CLEARING");
        assertThat(steps(variables, "callout_next"))
                .containsExactly(
                        "playback:/p/hello.wav",
                        "set:callout_prompt=${callout_prompt};1f:${current_application_response}@" + NOW);
        assertThat(variables)
                .containsEntry("callout_catrue", "u")
                .containsEntry("callout_cbfalse", "h")
                .containsEntry("callout_cctrue", "m")
                .containsEntry("callout_cdtrue", "h")
                .containsEntry("callout_cdfalse", "m")
                .containsEntry("callout_prompt", "1")
                .doesNotContainKeys("callout_ca", "callout_cb", "callout_cc", "callout_cd", "callout_cw", "callout_g");
    }

    @Test
    void aMessageBeginsBehindTheBeepOrWhenItHasBeenWaitedForLongEnough() throws UndialableException {
        Map<String, String> variables = variables(prompt().machines(
                        new Machines(Detection.CADENCE, Prompt.ofFile("/p/call us.wav"), Duration.ofSeconds(3))));

        assertThat(steps(variables, "callout_gm"))
                .endsWith(
                        "set:callout_avmd=${module_exists(mod_avmd)}",
                        choose("cv${callout_avmd}"),
                        "wait_for_silence:320 50 0 3000",
                        "transfer:${url_decode(${callout_message})}");
        assertThat(steps(variables, "callout_gw"))
                .hasSize(12)
                .containsSubsequence(
                        "sleep:250",
                        choose("cw${avmd_detect}"),
                        "set:callout_waited=${callout_waited}x",
                        choose("cw${callout_waited}"));
        assertThat(steps(variables, "callout_message"))
                .containsExactly(
                        "unset:transfer_history",
                        "set:callout_prompt=1",
                        "set:playback_terminators=none",
                        "set:callout_amd=${callout_amd};message:" + NOW,
                        "playback:/p/call us.wav",
                        "set:callout_prompt=${callout_prompt};1f:${current_application_response}@" + NOW);
        assertThat(variables)
                .containsEntry("callout_cvtrue", "b")
                .containsEntry("callout_cwTRUE", "s")
                .containsEntry("callout_cwxxx", "e")
                .doesNotContainKeys("callout_cwx", "callout_cwxx");
    }

    @Test
    void aPersonIsHandedToTheExtensionOrTheApplication() throws UndialableException {
        Machines machines = new Machines(Detection.AMD, null, Duration.ofSeconds(20));
        CampaignBuilder transfers =
                CampaignBuilder.campaign().transferTo("1000").machines(machines);
        assertThat(URLDecoder.decode(variables(transfers).get("callout_next"), StandardCharsets.UTF_8))
                .isEqualTo("1000 XML default");
        CampaignBuilder bridges =
                CampaignBuilder.campaign().application("bridge(user/1000)").machines(machines);
        assertThat(steps(variables(bridges), "callout_next")).containsExactly("bridge:user/1000");
        assertThat(variables(bridges))
                .as("the module's word for a callee who says nothing is machine")
                .containsEntry("callout_caINITIALSILENCE", "u");
    }

    private static CampaignBuilder prompt() {
        return CampaignBuilder.campaign().promptFile("/p/hello.wav");
    }

    private static String choose(String variable) {
        return "transfer:${url_decode(${callout_g${callout_" + variable + "}})}";
    }

    private Map<String, String> variables(CampaignBuilder campaign) throws UndialableException {
        CallOrder call = new CallOrder(
                new UUID(0, 1),
                new PhoneNumber("100"),
                null,
                60,
                false,
                new CallOrder.Choice(null, Map.of(), NumberVariables.of(Map.of())));
        String line = dialString.render(campaign.gateway("carrier").build(), call);
        return ParsedOriginate.parse(line).variables();
    }

    private static List<String> steps(Map<String, String> variables, String name) {
        String extension = URLDecoder.decode(variables.get(name), StandardCharsets.UTF_8);
        assertThat(extension).startsWith("m:^:").endsWith(" inline");
        List<String> words = ParsedOriginate.words(extension, ' ');
        return ParsedOriginate.words(words.get(0).substring(4), '^');
    }
}
