package dev.callout.simulator;

import dev.callout.simulator.callee.Callee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings of a simulated switch. The builder of {@link SimulatedSwitch} and the command line fill them in.
 *
 * @param host              address to listen on
 * @param port              port to listen on; 0: any free one
 * @param password          the password that {@code auth} must give; FreeSWITCH's default is ClueCon
 * @param gateways          names of the sofia gateways that are up at the start; an empty list: every name is one
 * @param callees           the callees of its calls
 * @param sessionsPerSecond FreeSWITCH's {@code sessions-per-second}: N admits N−1 calls in each second (measured); its
 *                          default is 30
 * @param maxSessions       FreeSWITCH's {@code max-sessions}; its default is 1000
 * @param heartbeat         interval of HEARTBEAT events in real time; FreeSWITCH's default is 20 s
 * @param timeScale         how many times faster than real time calls run: at 1000 a ring of 30 s takes 30 ms.
 *                          Commands, heartbeats and sessions-per-second stay in real time
 * @param prompts           lengths of files that {@code playback} may open, by the exact argument; see {@link Prompts}
 * @param ledger            file that the ledger is appended to; null: kept in memory only
 */
public record SimulatorSettings(
        String host,
        int port,
        String password,
        List<String> gateways,
        Callee callees,
        int sessionsPerSecond,
        int maxSessions,
        Duration heartbeat,
        double timeScale,
        Map<String, Duration> prompts,
        Path ledger) {

    public SimulatorSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        if (!(timeScale > 0) || timeScale > 1_000_000) {
            throw new IllegalArgumentException("time scale must be above 0 and at most 1000000, not " + timeScale);
        }
        if (heartbeat.isNegative() || heartbeat.isZero()) {
            throw new IllegalArgumentException("heartbeat must be longer than nothing");
        }
        gateways = List.copyOf(gateways);
        prompts = Map.copyOf(prompts);
    }

    @Override
    public String toString() {
        return "SimulatorSettings[" + host + ":" + port + ", gateways " + gateways + ", time x" + timeScale + "]";
    }
}
