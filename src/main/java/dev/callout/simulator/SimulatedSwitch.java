package dev.callout.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A TCP server that speaks ESL as FreeSWITCH 1.10.12 does. */
public final class SimulatedSwitch implements AutoCloseable {

    private SimulatedSwitch() {
    }

    public static Builder builder() {
        return new Builder();
    }

    public static SimulatedSwitch start(SwitchSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** The port it listens on. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    public Ledger ledger() {
        throw new UnsupportedOperationException();
    }

    /** Identifies this incarnation; another one after {@link #restart()}. */
    public String coreUuid() {
        throw new UnsupportedOperationException();
    }

    /** Calls up now. */
    public int callsUp() {
        throw new UnsupportedOperationException();
    }

    /** Connections open now, authenticated or not. */
    public int connections() {
        throw new UnsupportedOperationException();
    }

    /** Changes what later calls meet. */
    public void callees(Callee callees) {
        throw new UnsupportedOperationException();
    }

    /** Changes a gateway's state for later calls. */
    public void gateway(String name, GatewayState state) {
        throw new UnsupportedOperationException();
    }

    /** Makes a share of a gateway's later calls fail with a SIP status before they reach a callee; probability 0 ends it. */
    public void gatewayFails(String name, int sipStatus, double probability) {
        throw new UnsupportedOperationException();
    }

    public void sessionsPerSecond(int limit) {
        throw new UnsupportedOperationException();
    }

    public void maxSessions(int limit) {
        throw new UnsupportedOperationException();
    }

    /** {@code fsctl pause} and {@code resume}: while paused, every originate is refused. */
    public void pause(boolean paused) {
        throw new UnsupportedOperationException();
    }

    /** Resets (RST) every connection; calls go on. Returns how many there were. */
    public int dropConnections() {
        throw new UnsupportedOperationException();
    }

    /** Half-open connections: open ones stay so, but nothing more is read or sent on them, not even if it ends later. */
    public int goSilent() {
        throw new UnsupportedOperationException();
    }

    /** Stops or goes on reading commands; events are sent as ever. */
    public void stallReading(boolean stalled) {
        throw new UnsupportedOperationException();
    }

    /** Closes the listening socket; connections stay. New ones are refused until {@link #listenAgain()}. */
    public void stopListening() {
        throw new UnsupportedOperationException();
    }

    /** Listens on the same port again. */
    public void listenAgain() {
        throw new UnsupportedOperationException();
    }

    /** Kills the switch and starts it anew on the same port: connections reset, calls gone untold, new Core-UUID. */
    public void restart() {
        throw new UnsupportedOperationException();
    }

    /** Distance of HEARTBEAT events, in real time. */
    public void heartbeat(Duration interval) {
        throw new UnsupportedOperationException();
    }

    /** Answers every {@code auth} as if the password were wrong. */
    public void refuseAuth(boolean refuse) {
        throw new UnsupportedOperationException();
    }

    /** Holds back BACKGROUND_JOB events by so much real time. */
    public void delayJobs(Duration delay) {
        throw new UnsupportedOperationException();
    }

    /** Sends CHANNEL_CREATE of calls that end soon after their hang-up events, as a busy FreeSWITCH was seen to do. */
    public void hangupBeforeCreate(boolean on) {
        throw new UnsupportedOperationException();
    }

    /** Says SHUTDOWN to its listeners, ends all calls and closes everything. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Builds a switch; everything has FreeSWITCH's default. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private String password = "ClueCon";
        private final List<String> gateways = new ArrayList<>();
        private Callee callees = new CalleeTable();
        private int sessionsPerSecond = 30;
        private int maxSessions = 1000;
        private Duration heartbeat = Duration.ofSeconds(20);
        private double timeScale = 1;
        private final Map<String, Duration> prompts = new HashMap<>();
        private Path ledger;

        private Builder() {
        }

        public Builder host(String address) {
            host = address;
            return this;
        }

        public Builder port(int number) {
            port = number;
            return this;
        }

        public Builder password(String secret) {
            password = secret;
            return this;
        }

        public Builder gateway(String name) {
            gateways.add(name);
            return this;
        }

        public Builder callees(Callee network) {
            callees = network;
            return this;
        }

        public Builder sessionsPerSecond(int limit) {
            sessionsPerSecond = limit;
            return this;
        }

        public Builder maxSessions(int limit) {
            maxSessions = limit;
            return this;
        }

        public Builder heartbeat(Duration interval) {
            heartbeat = interval;
            return this;
        }

        public Builder timeScale(double factor) {
            timeScale = factor;
            return this;
        }

        public Builder prompt(String file, Duration length) {
            prompts.put(file, length);
            return this;
        }

        public Builder ledger(Path file) {
            ledger = file;
            return this;
        }

        public SwitchSettings settings() {
            return new SwitchSettings(host, port, password, gateways, callees, sessionsPerSecond, maxSessions, heartbeat, timeScale,
                    prompts, ledger);
        }

        public SimulatedSwitch start() {
            return SimulatedSwitch.start(settings());
        }
    }
}
