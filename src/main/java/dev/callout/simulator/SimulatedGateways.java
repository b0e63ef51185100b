package dev.callout.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The sofia gateways. If none is named at the start, every name is a gateway that is up. */
final class SimulatedGateways {

    /** Sofia knows a gateway by its name, and by its profile and name together. */
    private static final String PROFILE = "external::";

    private static final int PROBABILITY_SEED = 8021;

    private final boolean any;
    private final Map<String, GatewayState> states = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(PROBABILITY_SEED);

    private record Failure(int sipStatus, double probability) {}

    SimulatedGateways(List<String> names) {
        any = names.isEmpty();
        names.forEach(name -> states.put(name, GatewayState.UP));
    }

    void set(String name, GatewayState state) {
        states.put(name, state);
    }

    void fail(String name, int sipStatus, double probability) {
        failures.put(name, new Failure(sipStatus, probability));
    }

    GatewayState state(String name) {
        return states.getOrDefault(plain(name), any ? GatewayState.UP : GatewayState.UNKNOWN);
    }

    /** The SIP status with which this call fails at the gateway itself; 0: the call reaches the callee. */
    int failure(String name) {
        Failure failure = failures.get(plain(name));
        return failure != null && random.nextDouble() < failure.probability ? failure.sipStatus : 0;
    }

    private static String plain(String name) {
        return name.startsWith(PROFILE) ? name.substring(PROFILE.length()) : name;
    }

    /** {@code sofia status gateway NAME}. */
    String status(String name) {
        GatewayState state = state(name);
        if (state == GatewayState.UNKNOWN) {
            return "Invalid Gateway!\n";
        }
        String rule = "=".repeat(97) + "\n";
        return rule
                + row("Name", plain(name))
                + row("Profile", "external")
                + row("Scheme", "Digest")
                + row("Realm", "127.0.0.1")
                + row("Username", "FreeSWITCH")
                + row("From", "<sip:FreeSWITCH@127.0.0.1;transport=udp>")
                + row("To", "sip:FreeSWITCH@127.0.0.1")
                + row("Proxy", "sip:127.0.0.1:5060")
                + row("Context", "public")
                + row("Expires", "3600")
                + row("State", "NOREG")
                + row("Status", state.name())
                + rule;
    }

    /** {@code sofia status}. */
    String list() {
        String rule = "=".repeat(97) + "\n";
        StringBuilder text =
                new StringBuilder(String.format("%25s\t%s\t%40s\t%s\n", "Name", "   Type", "Data", "State"));
        text.append(rule);
        text.append("                 external\tprofile\t           sip:mod_sofia@127.0.0.1:5080\tRUNNING (0)\n");
        states.forEach((name, state) -> text.append(String.format(
                "%25s\tgateway\t%40s\t%s\n",
                "external::" + name, "sip:FreeSWITCH@127.0.0.1", state == GatewayState.UP ? "NOREG" : state.name())));
        return text.append(rule).append("1 profile 0 aliases\n").toString();
    }

    private static String row(String name, String value) {
        return String.format("%-8s\t%s\n", name, value);
    }
}
