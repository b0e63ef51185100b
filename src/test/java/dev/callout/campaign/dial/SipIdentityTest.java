package dev.callout.campaign.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.ParsedOriginate;
import dev.callout.campaign.SipIdentity;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.PhoneNumber;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipIdentityTest {

    private static final Set<String> VARIABLES = Set.of(
            "sip_stir_shaken_attest",
            "sip_cid_type",
            "origination_privacy",
            "sip_h_Privacy",
            "sip_h_P-Asserted-Identity");

    private final DialString dialString =
            new DialString("callout", "external", () -> null, DialString.DEFAULT_APPLICATIONS);

    private String render(SipIdentity identity, CampaignBuilder campaign) throws UndialableException {
        CallOrder.Way way = new CallOrder.Way("trunk", null, null, identity);
        return dialString.render(
                campaign.gateway("trunk").promptFile("hello.wav").build(),
                new CallOrder(
                        new UUID(0, 1), new PhoneNumber("1"), null, 60, false, new CallOrder.Choice(way, Map.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | false | - | {}",
                "b | false | - | {sip_stir_shaken_attest=B}",
                "- | false | caller-id | {sip_cid_type=pid}",
                "- | false | none | {sip_cid_type=none}",
                "- | false | tel:+4930111 | {sip_cid_type=none, sip_h_P-Asserted-Identity=<tel:+4930111>}",
                "- | true | - | {origination_privacy=screen:hide_name:hide_number, sip_cid_type=pid}",
                "A | true | caller-id | {origination_privacy=screen:hide_name:hide_number, sip_cid_type=pid,"
                        + " sip_stir_shaken_attest=A}",
                "- | true | none | {sip_cid_type=none, sip_h_Privacy=id}",
                "- | true | sip:+4930111@carrier.example:5070 | {sip_cid_type=none,"
                        + " sip_h_P-Asserted-Identity=<sip:+4930111@carrier.example:5070>, sip_h_Privacy=id}",
            })
    void theSwitchIsToldInItsOwnWords(String attest, boolean hidden, String asserted, String variables)
            throws UndialableException {
        String line = render(new SipIdentity(attest, hidden, asserted), CampaignBuilder.campaign());
        Map<String, String> set = new TreeMap<>(ParsedOriginate.parse(line).variables());
        set.keySet().retainAll(VARIABLES);
        assertThat(set).hasToString(variables);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4930111",
                "sip:a@b>,execute_on_answer=system",
                "sip:a b@c",
                "sip:a@b\n",
                "tel:+49'",
                "<sip:a@b>",
                "http://a@b"
            })
    void whatIsNoIdentityIsRefused(String asserted) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SipIdentity(null, false, asserted));
    }

    @Test
    void aLevelThatDoesNotExistIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SipIdentity("D", false, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-Asserted-Identity", "sip_h_Privacy", "privacy"})
    void aHeaderOfTheCampaignMustNotContradictTheGateway(String header) throws UndialableException {
        CampaignBuilder campaign = CampaignBuilder.campaign().headerName(header).headerValue("none");
        assertThatThrownBy(() -> render(new SipIdentity(null, true, null), campaign))
                .isInstanceOf(UndialableException.class)
                .hasMessageContaining("add_custom_header_name");
        assertThat(render(new SipIdentity("A", false, null), campaign)).contains("=none");
    }
}
