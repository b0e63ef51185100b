package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;

/** The switches as this node's MBeans show them; none if Camel's JMX is off. */
public final class SwitchesApi {

    private static final Map<String, String> ATTRIBUTES = new LinkedHashMap<>();

    static {
        ATTRIBUTES.put("name", "Name");
        ATTRIBUTES.put("address", "Address");
        ATTRIBUTES.put("connected", "Connected");
        ATTRIBUTES.put("leaving", "Leaving");
        ATTRIBUTES.put("calls_up", "CallsUp");
        ATTRIBUTES.put("commands_per_second", "CommandsPerSecond");
        ATTRIBUTES.put("reconnects", "Reconnects");
        ATTRIBUTES.put("last_error", "LastError");
        ATTRIBUTES.put("missed_by_consumers", "MissedByConsumers");
    }

    private final CamelContext camelContext;

    public SwitchesApi(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    public ApiResponse list(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            return ApiResponse.json(200, Map.of("switches", switches()));
        });
    }

    /** Returns what is known of each switch. */
    List<Map<String, Object>> switches() {
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
                for (Map.Entry<String, String> attribute : ATTRIBUTES.entrySet()) {
                    one.put(attribute.getKey(), server.getAttribute(each, attribute.getValue()));
                }
                switches.add(one);
            }
        } catch (InstanceNotFoundException | AttributeNotFoundException e) {
            // The component is being stopped.
            return switches;
        } catch (JMException e) {
            throw new IllegalStateException("The switches' MBeans cannot be read", e);
        }
        return switches;
    }
}
