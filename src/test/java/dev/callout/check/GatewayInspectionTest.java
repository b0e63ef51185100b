package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.gateway.GatewayRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayInspectionTest {

    private static List<String> findings(int privacy, boolean callerIdRequired) {
        Gateway gateway = GatewayRow.read(Map.of("i_gateway", 1, "name", "trunk", "privacy", privacy));
        CallingRule rule = new CallingRule("de", "DE", null, List.of(), null, null, callerIdRequired, true);
        CampaignDefaults defaults =
                CampaignDefaults.NONE.with(new RuleBook(List.of(new RuleBook.Entry(rule, List.of()))));
        CampaignRow row = new CampaignRow(
                Map.of("i_campaign", 1L, "name", "sale", "calling_rules", "de", "profile_gateway", "trunk"), defaults);
        WaysOut waysOut = new WaysOut(Map.of("trunk", gateway), Map.of(), Map.of());
        return new GatewayInspection(waysOut, Set.of("fs1"))
                .findings(List.of(row)).stream().map(Finding::toString).toList();
    }

    @Test
    void aGatewayThatHidesACallerIdThatARuleRequiresIsTold() {
        assertThat(findings(1, true))
                .singleElement()
                .asString()
                .startsWith(
                        "WARN  campaign sale: a calling rule requires a caller ID, which these gateways hide: trunk;");
        assertThat(findings(0, true)).containsExactly("OK    gateways: 1 rows, 0 groups, 0 pools of caller IDs");
        assertThat(findings(1, false)).hasSize(1).allMatch(line -> line.startsWith("OK"));
    }
}
