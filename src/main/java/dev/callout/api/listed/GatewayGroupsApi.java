package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.gateway.GatewayGroup;
import dev.callout.store.Statements;
import java.util.List;
import java.util.Map;

/** Groups of gateways, among which the calls of campaigns choose. */
public final class GatewayGroupsApi extends ListedApi {

    private static final String GATEWAYS = "gateways";

    /** @param statements read and write the rows */
    public GatewayGroupsApi(Statements statements) {
        super(
                statements,
                "gateway-group",
                "gateway-groups",
                "i_gateway_group",
                List.of(
                        Column.name("name", 64),
                        Column.lines(GATEWAYS),
                        Column.whole("max_legs", 1, GatewayGroup.MOST_LEGS)));
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, "name", "must be given");
        requireText(values, GATEWAYS, "must name gateways, separated by commas");
        for (String name : ((String) values.get(GATEWAYS)).strip().split("[,;\\s]+")) {
            if (!DialString.isGateway(name)) {
                throw ApiProblem.field(GATEWAYS, "must be names of gateways, or profile/gateway, separated by commas");
            }
        }
        refuseNamesake(session, "gateway-group-namesakes", values, "There is a group of this name already: %s");
    }
}
