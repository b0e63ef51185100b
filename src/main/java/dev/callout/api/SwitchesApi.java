package dev.callout.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;

/** The switches as this node's MBeans show them; none if Camel's JMX is off. */
public final class SwitchesApi {

    private static final String[] ATTRIBUTES = {
        "Name",
        "Address",
        "Connected",
        "Leaving",
        "CallsUp",
        "CommandsPerSecond",
        "Reconnects",
        "LastError",
        "MissedByConsumers"
    };

    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private final CamelContext camelContext;

    /** @param camelContext the context of the MBeans */
    public SwitchesApi(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** Returns what is known of each switch. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, () -> ApiResponse.json(200, Map.of("switches", switches())));
    }

    private List<Map<String, Object>> switches() {
        ManagementAgent agent = camelContext.getManagementStrategy() == null
                ? null
                : camelContext.getManagementStrategy().getManagementAgent();
        if (agent == null) {
            return List.of();
        }
        MBeanServer server = agent.getMBeanServer();
        List<Map<String, Object>> switches = new ArrayList<>();
        try {
            String mine = "org.apache.camel:context=" + camelContext.getManagementName() + ",type=switches,*";
            for (ObjectName each : server.queryNames(new ObjectName(mine), null)) {
                Map<String, Object> one = new LinkedHashMap<>();
                server.getAttributes(each, ATTRIBUTES)
                        .asList()
                        .forEach(attribute -> one.put(NAMES.translate(attribute.getName()), attribute.getValue()));
                switches.add(one);
            }
        } catch (InstanceNotFoundException e) {
            // The component is being stopped.
            return switches;
        } catch (JMException e) {
            throw new IllegalStateException("The switches' MBeans cannot be read", e);
        }
        return switches;
    }
}
