package dev.callout.campaign.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.ParsedOriginate;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.answered.HandOver;
import dev.callout.campaign.answered.Recording;
import dev.callout.campaign.menu.KeyAction;
import dev.callout.campaign.menu.Menu;
import dev.callout.campaign.menu.MenuKey;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.prompt.PieceKind;
import dev.callout.campaign.prompt.Prompt;
import dev.callout.campaign.prompt.PromptPiece;
import dev.callout.campaign.telephone.PhoneNumber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the switch is told of a hand-over and a recording. The expected lines are those of the captures. */
class HandOverStepsTest {

    private static final UUID CALL = new UUID(0, 1);
    private static final String WAITS = "set:callout_hand_over=${callout_hand_over};w:${strmicroepoch()}";
    private static final String RECORDING = "/rec/x.wav";

    private final DialString dialString =
            new DialString("callout", "external", () -> null, DialString.DEFAULT_APPLICATIONS);

    private ParsedOriginate render(CampaignBuilder campaign, String recording) throws UndialableException {
        CallOrder.Choice choice = new CallOrder.Choice(null, Map.of(), NumberVariables.NONE, recording);
        return ParsedOriginate.parse(dialString.render(
                campaign.id(7).gateway("trunk").build(),
                new CallOrder(CALL, new PhoneNumber("5551234"), null, 60, false, choice)));
    }

    private static HandOver to(String target, String noAgent) {
        return HandOver.of(target, Duration.ofSeconds(2), noAgent == null ? null : Prompt.ofFile(noAgent));
    }

    private static List<String> steps(ParsedOriginate parsed) {
        assertThat(parsed.transfer()).hasSize(2).endsWith("inline");
        assertThat(parsed.transfer().get(0)).startsWith("m:^:");
        return ParsedOriginate.words(parsed.transfer().get(0).substring(4), '^');
    }

    @Test
    void aBridgeComesBackToTheMessageIfNobodyAnswers() throws Exception {
        ParsedOriginate parsed =
                render(CampaignBuilder.campaign().handOver(to("bridge:sofia/gateway/bot/1000", "/p/sorry.wav")), null);

        assertThat(steps(parsed))
                .containsExactly(
                        WAITS,
                        "set:continue_on_fail=true",
                        "set:call_timeout=2",
                        "bridge:sofia/gateway/bot/1000",
                        "set:callout_hand_over=${callout_hand_over};n:${strmicroepoch()}",
                        "playback:/p/sorry.wav",
                        "set:callout_prompt=${callout_prompt};9001f:${current_application_response}@${strmicroepoch()}");
        assertThat(parsed.variables())
                .containsEntry("callout_hand_over", "0")
                .containsEntry("callout_prompt", "0")
                .containsEntry("execute_on_answer_2", "unset ignore_early_media")
                .doesNotContainKeys("callout_recording", "callout_patience", "execute_on_answer_3");
    }

    @Test
    void aQueueIsLeftByAKeyThatTheSwitchPresses() throws Exception {
        ParsedOriginate parsed = render(
                CampaignBuilder.campaign().promptFile("/p/hello.wav").handOver(to("queue:sales@default", null)), null);

        assertThat(steps(parsed))
                .containsExactly(
                        "playback:/p/hello.wav",
                        "set:callout_prompt=${callout_prompt};1f:${current_application_response}@${strmicroepoch()}",
                        WAITS.replace(";w:", ";m:"),
                        "set:continue_on_fail=true",
                        "set:call_timeout=2",
                        "set:cc_exit_keys=D",
                        "set:callout_patience=${sched_api(+2 none expand ${url_decode(${callout_patience})})}",
                        "callcenter:sales@default",
                        "set:callout_hand_over=${callout_hand_over};e:${strmicroepoch()}");
        assertThat(parsed.variables())
                .containsEntry("callout_prompt", "1")
                .containsEntry(
                        "callout_patience",
                        "uuid_recv_dtmf%20%24{cond%28%24{uuid_getvar%28" + CALL
                                + "%20cc_agent_bridged%29}%20==%20true%20?%20none%20:%20" + CALL + "%29}%20D");
    }

    @Test
    void anExtensionIsRunInTheCampaignsContextAndComesBack() throws Exception {
        ParsedOriginate parsed =
                render(CampaignBuilder.campaign().context("agents").handOver(to("extension:1000", null)), null);
        assertThat(steps(parsed)).contains("execute_extension:1000 XML agents");
        assertThat(parsed.variables().get("callout_patience"))
                .as("no key is pressed for somebody who talks with an agent of no queue")
                .contains("signal_bond%29}%20==%20_undef_%20?%20" + CALL + "%20:%20none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue:a^b",
                "queue:a b",
                "queue:${x}",
                "queue:",
                "extension:1000,2000",
                "extension:undef",
                "bridge:loopback/1000",
                "bridge:{x=y}user/1",
                "bridge:user/1,user/2",
                "bridge:user/1:_:loopback/system:x/default/inline",
                "bridge:user/1|user/2",
                "bridge:user/1^hangup",
                "bridge:user/1\\s&system(x)",
                "bridge:sofia/external/1@x%0d%0a"
            })
    void whatCouldDialOrRunAnythingElseIsRefused(String target) {
        Campaign campaign = CampaignBuilder.campaign()
                .gateway("trunk")
                .handOver(to(target, null))
                .build();
        assertThat(campaign.problems()).singleElement().asString().startsWith("hand_over: the target of ");
        assertThatExceptionOfType(UndialableException.class)
                .isThrownBy(() -> render(CampaignBuilder.campaign().handOver(to(target, null)), null))
                .withMessageStartingWith("hand_over: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "system:x", "Queue:x", "", ":"})
    void whatIsOfNoKindIsRefused(String target) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> to(target, null));
    }

    @Test
    void aRecordedCallIsTheSameCallWithARecordingThatBeginsWithTheAnswer() throws Exception {
        CampaignBuilder campaign = CampaignBuilder.campaign().promptFile("/p/hello.wav");
        ParsedOriginate plain = render(campaign, null);
        ParsedOriginate recorded = render(campaign.recording(new Recording(100, null)), RECORDING);

        assertThat(recorded.application()).isEqualTo(plain.application());
        assertThat(recorded.variables())
                .containsAllEntriesOf(plain.variables())
                .containsEntry("execute_on_answer_3", "record_session " + RECORDING)
                .containsEntry("callout_recording", RECORDING)
                .hasSize(plain.variables().size() + 2);
    }

    @Test
    void theAnnouncementOfTheRecordingComesBeforeWhateverElse() throws Exception {
        Recording announced = new Recording(50, Prompt.ofFile("/p/recorded.wav"));
        String end = "set:callout_prompt=${callout_prompt};9199f:@${strmicroepoch()}";
        String note = "set:callout_prompt=${callout_prompt};9101f:${current_application_response}@${strmicroepoch()}";

        ParsedOriginate file =
                render(CampaignBuilder.campaign().promptFile("/p/hello.wav").recording(announced), RECORDING);
        assertThat(steps(file))
                .startsWith("playback:/p/recorded.wav", note, end, "playback:/p/hello.wav")
                .hasSize(5);
        assertThat(file.variables()).containsEntry("callout_prompt", "1;9100f:@");
        assertThat(steps(render(CampaignBuilder.campaign().transferTo("1000").recording(announced), RECORDING)))
                .containsExactly("playback:/p/recorded.wav", note, end, "transfer:1000 XML default");
        assertThat(steps(render(CampaignBuilder.campaign().application("park").recording(announced), RECORDING)))
                .endsWith("park");
        assertThat(steps(render(
                        CampaignBuilder.campaign().application("bridge(user/1)").recording(announced), RECORDING)))
                .endsWith("bridge:user/1");
        assertThat(steps(render(
                        CampaignBuilder.campaign()
                                .handOver(to("bridge:user/1", null))
                                .recording(announced),
                        RECORDING)))
                .contains(end, WAITS.replace(";w:", ";m:"));
        // Calls that are not recorded are as if there were no recording.
        assertThat(render(CampaignBuilder.campaign().promptFile("/p/hello.wav").recording(announced), null)
                        .variables())
                .doesNotContainKeys("callout_prompt", "callout_recording");
    }

    @Test
    void datesAreSaidInUtcInWhateverPromptTheyStand() throws Exception {
        Prompt dated = new Prompt(null, List.of(new PromptPiece("en", PieceKind.DATE, "2026-12-24", null, null)));
        MenuKey key = new MenuKey("1", "agent", KeyAction.HAND_OVER, null, null, null);
        Menu menu = new Menu(1, null, Prompt.ofFile("/p/a.wav"), Duration.ofSeconds(3), 0, List.of(key));
        Menus menus = new Menus(1, Map.of(1L, menu));

        assertThat(render(
                                CampaignBuilder.campaign()
                                        .menus(menus)
                                        .handOver(HandOver.of("queue:sales", Duration.ofSeconds(2), dated)),
                                null)
                        .variables())
                .containsEntry("timezone", "UTC");
        assertThat(render(
                                CampaignBuilder.campaign()
                                        .menus(menus)
                                        .handOver(to("queue:sales", null))
                                        .recording(new Recording(100, dated)),
                                RECORDING)
                        .variables())
                .containsEntry("timezone", "UTC");
    }

    @Test
    void whichCallsAreRecordedIsDrawnFromTheGivenSource() {
        assertThat(new Recording(30, null).draw(new Fixed(29))).isTrue();
        assertThat(new Recording(30, null).draw(new Fixed(30))).isFalse();
        assertThat(new Recording(100, null).draw(null)).isTrue();
        assertThat(Recording.NONE.draw(null)).isFalse();
        assertThat(Set.of(new Recording(-1, null), new Recording(101, null)))
                .allSatisfy(one -> assertThat(one.problems()).hasSize(1));
    }

    private record Fixed(int number) implements java.util.random.RandomGenerator {

        @Override
        public int nextInt(int bound) {
            return number;
        }

        @Override
        public long nextLong() {
            return number;
        }
    }
}
