package dev.callout.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The sofia gateways. If none is named at the start, every name is a gateway that is up. */
final class SimulatedGateways {

    /** Sofia knows a gateway by its name, and by its profile and name together. */
    private static final String PROFILE = "external::";

    private static final String RULE = "=".repeat(97) + "\n";
    private static final int BUSY = 503;
    private static final int PROBABILITY_SEED = 8021;

    private final boolean any;
    private final Map<String, GatewayState> states = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private final Map<String, SimulatedTrunk> trunks = new HashMap<>();
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

    void trunk(String name, SimulatedTrunk trunk) {
        trunks.put(name, trunk);
    }

    GatewayState state(String name) {
        return states.getOrDefault(plain(name), any ? GatewayState.UP : GatewayState.UNKNOWN);
    }

    /** The SIP status with which this call fails at the gateway itself; 0: the call reaches the callee. */
    int failure(String name) {
        Failure failure = failures.get(plain(name));
        if (failure != null && random.nextDouble() < failure.probability) {
            return failure.sipStatus;
        }
        SimulatedTrunk trunk = trunks.get(plain(name));
        return trunk == null || trunk.take() ? 0 : BUSY;
    }

    /** A call by this gateway is over that did not fail at the gateway itself. */
    void over(String name) {
        SimulatedTrunk trunk = trunks.get(plain(name));
        if (trunk != null) {
            trunk.over();
        }
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
        return RULE
                + """
                Name    \t%s
                Profile \texternal
                Scheme  \tDigest
                Realm   \t127.0.0.1
                Username\tFreeSWITCH
                From    \t<sip:FreeSWITCH@127.0.0.1;transport=udp>
                To      \tsip:FreeSWITCH@127.0.0.1
                Proxy   \tsip:127.0.0.1:5060
                Context \tpublic
                Expires \t3600
                State   \tNOREG
                Status  \t%s
                """
                        .formatted(plain(name), state)
                + RULE;
    }

    /** {@code sofia status}. */
    String list() {
        StringBuilder text =
                new StringBuilder(String.format("%25s\t%s\t%40s\t%s\n", "Name", "   Type", "Data", "State"));
        text.append(RULE);
        text.append("                 external\tprofile\t           sip:mod_sofia@127.0.0.1:5080\tRUNNING (0)\n");
        states.forEach((name, state) -> text.append(String.format(
                "%25s\tgateway\t%40s\t%s\n",
                "external::" + name, "sip:FreeSWITCH@127.0.0.1", state == GatewayState.UP ? "NOREG" : state.name())));
        return text.append(RULE).append("1 profile 0 aliases\n").toString();
    }
}
