package dev.callout.campaign.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.ParsedOriginate;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.PhoneNumber;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialStringTest {

    private static final UUID UUID_1 = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final CallOrder CALL = new CallOrder(UUID_1, new PhoneNumber("5551234"), null, 3600);

    private final DialString dialString =
            new DialString("callout", "external", () -> "sip.example.net:5061", DialString.DEFAULT_APPLICATIONS);

    private static CampaignBuilder campaign() {
        return CampaignBuilder.campaign().id(7).gateway("trunk").promptFile("hello.wav");
    }

    @Test
    void aPlainCampaignGivesThisLine() throws UndialableException {
        assertThat(dialString.render(campaign().build(), CALL))
                .isEqualTo("{"
                        + "origination_uuid=00000000-0000-4000-8000-000000000001,callout=callout,callout_campaign=7,"
                        + "presence_data=callout-7,originate_timeout=300,ignore_early_media=true,"
                        + "hangup_after_bridge=true,outbound_redirect_fatal=true,"
                        + "origination_caller_id_number=5551234,origination_caller_id_name=5551234,"
                        + "execute_on_answer_1=sched_hangup\\s+3600\\sALLOTTED_TIMEOUT}sofia/gateway/trunk/5551234 "
                        + "&playback(hello.wav)");
    }

    @Test
    void everythingThatCanBeSetArrives() throws UndialableException {
        Campaign campaign = campaign()
                .username("O'Brien")
                .password("s, e=c ret")
                .callerId("+46 (8) 123-45")
                .codecList("PCMA, PCMU")
                .headerName("sip_h_P-Campaing-Name")
                .headerValue("Zoë, \"Łódź\" 100% 😀")
                .originateTimeout(Duration.ofMillis(1500))
                .build();
        ParsedOriginate line = ParsedOriginate.parse(dialString.render(campaign, CALL));
        assertThat(line.variables())
                .containsEntry("sip_auth_username", "O'Brien")
                .containsEntry("sip_auth_password", "s, e=c ret")
                .containsEntry("origination_caller_id_number", "+46812345")
                .containsEntry("origination_caller_id_name", "+46 (8) 123-45")
                .containsEntry("absolute_codec_string", "PCMA,PCMU")
                .containsEntry("sip_h_P-Campaing-Name", "Zoë, \"Łódź\" 100% 😀")
                .containsEntry("originate_timeout", "2")
                .containsEntry("execute_on_answer_1", "sched_hangup +3600 ALLOTTED_TIMEOUT");
        assertThat(line.destinations()).containsExactly("sofia/gateway/trunk/5551234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_id", "sip_h_X-Api-Key", "sip_h_X-Bridge", "rtp_secure_media"})
    void aRouteMayAddAVariableThatChangesNoRuleOfTheCall(String name) throws UndialableException {
        assertThat(ParsedOriginate.parse(dialString.render(campaign().build(), with(name)))
                        .variables())
                .containsEntry(name, "v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "origination_uuid",
                "ORIGINATE_TIMEOUT",
                "leg_timeout",
                "call_timeout",
                "ignore_early_media",
                "monitor_early_media_fail",
                "return_ring_ready",
                "group_confirm_key",
                "execute_on_ring",
                "api_hangup_hook",
                "callout_campaign",
                "sip_route_uri",
                "hangup_after_bridge"
            })
    void aRouteMustNotAddOneThatChangesWhomOrHowWeCallWhatCountsAsAnAnswerOrWhatIsRun(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialString.render(campaign().build(), with(name)))
                .withMessageContaining("variable " + name + " cannot be added");
    }

    private static CallOrder with(String variable) {
        return new CallOrder(
                UUID_1, new PhoneNumber("1"), null, 60, false, new CallOrder.Choice(null, Map.of(variable, "v")));
    }

    @Test
    void aCallToBeCancelledIsEndedByTheSwitchASecondAfterItBeginsOrWhenItIsAnswered() throws UndialableException {
        CallOrder call = new CallOrder(UUID_1, new PhoneNumber("1"), null, 60, true);
        assertThat(ParsedOriginate.parse(dialString.render(campaign().build(), call))
                        .variables())
                .containsEntry("api_on_originate", "sched_api +1 none uuid_kill " + UUID_1 + " ORIGINATOR_CANCEL")
                .containsEntry("execute_on_answer_1", "hangup ORIGINATOR_CANCEL");
    }

    @ParameterizedTest
    @CsvSource({
        ", 7000, , unset ignore_early_media",
        ", , bridge(user/1), unset ignore_early_media",
        ", , echo(), ",
        "hello.wav, 7000, , "
    })
    void aLegThatTheCalleeIsBridgedToDoesNotIgnoreEarlyMedia(
            String prompt, String transfer, String application, String hook) throws UndialableException {
        Campaign campaign = campaign()
                .promptFile(prompt)
                .transferTo(transfer)
                .application(application)
                .build();
        ParsedOriginate line = ParsedOriginate.parse(dialString.render(campaign, CALL));
        assertThat(line.variables().get("execute_on_answer_2")).isEqualTo(hook);
    }

    @Test
    void theRowsCallerIdGoesBeforeTheCampaigns() throws UndialableException {
        CallOrder call = new CallOrder(UUID_1, new PhoneNumber("1"), "222", 1);
        assertThat(ParsedOriginate.parse(
                                dialString.render(campaign().callerId("111").build(), call))
                        .variables())
                .containsEntry("origination_caller_id_number", "222");
    }

    @Test
    void aPlainHeaderNameIsMadeAVariableOfSip() throws UndialableException {
        Campaign campaign = campaign().headerName("X-Load").headerValue("1").build();
        assertThat(ParsedOriginate.parse(dialString.render(campaign, CALL)).variables())
                .containsEntry("sip_h_X-Load", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "trunk, sofia/gateway/trunk/5551234",
        "external/trunk, sofia/gateway/external::trunk/5551234",
        "external::trunk, sofia/gateway/external::trunk/5551234",
        ", sofia/external/5551234@sip.example.net:5061"
    })
    void aCampaignDialsItsGatewayElseTheProxy(String gateway, String destination) throws UndialableException {
        assertThat(ParsedOriginate.parse(
                                dialString.render(campaign().gateway(gateway).build(), CALL))
                        .destinations())
                .containsExactly(destination);
    }

    @Test
    void withoutGatewayAndProxyThereIsNoWayOut() {
        DialString noProxy = new DialString("callout", "external", () -> " ", DialString.DEFAULT_APPLICATIONS);
        assertThat(noProxy.problems(campaign().gateway(null).build()))
                .singleElement()
                .asString()
                .contains("profile_gateway", "callout.campaign.sipproxy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hello.wav; 8888; echo; &playback(hello.wav)",
                "; 8888; echo; 8888 XML default",
                " ; ; echo; &echo()",
                "; ; echo(); &echo()",
                "; ; &PARK(); &park()",
                "; ; conference(room@default); &conference(room@default)",
                "; ; bridge(user/1000); &bridge(user/1000)",
                "/sounds/zoë 1.wav; ; ; &playback(/sounds/zoë\\s1.wav)",
                "tone_stream://%(1000,0,640); ; ; &playback(tone_stream://%(1000,0,640))"
            })
    void thePromptGoesBeforeTheTransferBeforeTheApplication(
            String prompt, String transfer, String application, String target) throws UndialableException {
        Campaign campaign = campaign()
                .promptFile(prompt)
                .transferTo(transfer)
                .application(application)
                .build();
        assertThat(dialString.render(campaign, CALL)).endsWith("/5551234 " + target);
    }

    @Test
    void contextAndDialplanOfATransferAreTheCampaigns() throws UndialableException {
        Campaign campaign = campaign()
                .promptFile(null)
                .transferTo("8888")
                .context("agents")
                .dialplan("xml")
                .build();
        assertThat(ParsedOriginate.parse(dialString.render(campaign, CALL)).transfer())
                .containsExactly("8888", "XML", "agents");
    }

    @Test
    void withNothingToDoOnAnswerThereIsNoCall() {
        assertThat(dialString.problems(campaign().promptFile(null).build()))
                .singleElement()
                .asString()
                .startsWith("nothing to play or run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system(reboot)",
                "BGSYSTEM(reboot)",
                "lua(x.lua)",
                "transfer(system:reboot inline)",
                "unknown",
                "bridge(user/1,user/2)",
                "bridge(user/1|user/2)",
                "bridge(loopback/app=system:reboot)",
                "bridge(user/1:_:user/2)",
                "conference(bridge:room:user/1)",
                "echo)(",
                "echo() &system(reboot)",
                "playback(shell_stream://reboot)",
                "park('x')",
                "park(x)y)"
            })
    void anApplicationThatCouldDoAnythingElseIsRefused(String application) {
        assertThat(dialString.problems(
                        campaign().promptFile(null).application(application).build()))
                .singleElement()
                .asString()
                .contains("action_on_answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.wav)b",
                "tone_stream://%(1000,0,640);loops=2",
                "shell_stream://reboot",
                "say:hello",
                "a.wav!b.wav",
                "{x=1}a.wav",
                "a'b.wav",
                "a\\sb.wav"
            })
    void aPromptThatWouldNotBePlayedAsWrittenIsRefused(String file) {
        assertThat(dialString.problems(campaign().promptFile(file).build()))
                .singleElement()
                .asString()
                .contains("ivr_prompts.file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "LUA", "python"})
    void aDialplanThatRunsItsExtensionIsRefused(String dialplan) {
        assertThat(dialString.problems(campaign()
                        .promptFile(null)
                        .transferTo("system")
                        .dialplan(dialplan)
                        .build()))
                .singleElement()
                .asString()
                .contains("dialplan_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"system", "bgsystem", "lua"})
    void aBarredApplicationCannotBeConfigured(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DialString("callout", "external", () -> "", Set.of("echo", name)))
                .withMessageContaining("callout.allowed-applications")
                .withMessageContaining(name);
    }

    @Test
    void twoApostrophesInALineAreRefusedBecauseTheyWouldBeQuotes() {
        assertThat(dialString.problems(
                        campaign().username("O'Brien").password("it's").build()))
                .singleElement()
                .asString()
                .contains("md5secret", "username")
                .doesNotContain("it's");
    }

    @Test
    void aLineThatGrowsTooLongIsRefused() {
        assertThat(dialString.problems(campaign()
                        .headerName("X-A")
                        .headerValue("ł".repeat(2100))
                        .build()))
                .singleElement()
                .asString()
                .contains("longer than 4096 bytes");
    }

    @Test
    void aLineThatOnlyOneNumbersCallerIdMakesTooLongConcernsOnlyThatNumber() {
        CallOrder call = new CallOrder(UUID_1, new PhoneNumber("1"), "1" + "-".repeat(4000), 1);
        assertThatThrownBy(() -> dialString.render(campaign().build(), call))
                .hasMessageContaining("shorten callerid")
                .isInstanceOfSatisfying(UndialableException.class, e -> assertThat(e.isOfTheNumber())
                        .isTrue());
    }

    @Test
    void aBadCallerIdOfTheRowConcernsOnlyThisNumber() {
        CallOrder call = new CallOrder(UUID_1, new PhoneNumber("1"), "1,evil=1", 1);
        assertThatThrownBy(() -> dialString.render(campaign().build(), call))
                .hasMessageContaining("callerid")
                .isInstanceOfSatisfying(UndialableException.class, e -> assertThat(e.isOfTheNumber())
                        .isTrue());
    }
}
