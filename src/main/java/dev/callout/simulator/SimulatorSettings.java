package dev.callout.simulator;

import dev.callout.simulator.callee.Callee;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.CalleeTable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The settings of a simulated switch. What is not set has FreeSWITCH's default. A change has no effect on a switch that
 * is running.
 */
public final class SimulatorSettings {

    String host = "127.0.0.1";
    int port;
    String password = "ClueCon";
    final List<String> gateways = new ArrayList<>();
    Callee callees = new CalleeTable();
    Function<String, CalleePlan> agents = destination -> null;
    int sessionsPerSecond = 30;
    int maxSessions = 1000;
    Duration heartbeat = Duration.ofSeconds(20);
    double timeScale = 1;
    final Map<String, Duration> prompts = new HashMap<>();
    final Set<String> modules = new LinkedHashSet<>(List.of("mod_say_en", "mod_say_de", "mod_flite", "mod_avmd"));
    Path ledger;

    SimulatorSettings() {}

    /** Sets the address to listen on; the default is 127.0.0.1. */
    public SimulatorSettings host(String address) {
        host = address;
        return this;
    }

    /** Sets the port to listen on; 0, the default, is any free one. */
    public SimulatorSettings port(int number) {
        if (number < 0 || number > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + number);
        }
        port = number;
        return this;
    }

    /** Sets the password that {@code auth} must give; the default is ClueCon. */
    public SimulatorSettings password(String secret) {
        password = secret;
        return this;
    }

    /** Adds a sofia gateway that is up at the start. If none is added, every name is one. */
    public SimulatorSettings gateway(String name) {
        gateways.add(name);
        return this;
    }

    /** Sets the callees of the calls; the default is {@link CalleeTable}. */
    public SimulatorSettings callees(Callee network) {
        callees = network;
        return this;
    }

    /**
     * Sets to whom callees are handed over: the plan for a destination of {@code bridge}, such as {@code user/1000}, for
     * {@code extension:1000} or for {@code queue:sales}. Null, the default for all: a destination answers at once, an
     * extension keeps the call, and in a queue there is no agent.
     */
    public SimulatorSettings agents(Function<String, CalleePlan> plans) {
        agents = plans;
        return this;
    }

    /**
     * Sets FreeSWITCH's {@code sessions-per-second}: N admits N−1 calls in each second (measured); the default is 30.
     */
    public SimulatorSettings sessionsPerSecond(int limit) {
        sessionsPerSecond = limit;
        return this;
    }

    /** Sets FreeSWITCH's {@code max-sessions}; the default is 1000. */
    public SimulatorSettings maxSessions(int limit) {
        maxSessions = limit;
        return this;
    }

    /** Sets the interval of HEARTBEAT events in real time; the default is 20 s. */
    public SimulatorSettings heartbeat(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("heartbeat must be longer than 0, not " + interval);
        }
        heartbeat = interval;
        return this;
    }

    /**
     * Sets how many times faster than real time calls run, above 0 and at most 1,000,000; the default is 1. At 1000 a
     * ring of 30 s takes 30 ms. Commands, heartbeats and sessions-per-second stay in real time.
     */
    public SimulatorSettings timeScale(double factor) {
        if (!(factor > 0) || factor > 1_000_000) {
            throw new IllegalArgumentException("time scale must be above 0 and at most 1000000, not " + factor);
        }
        timeScale = factor;
        return this;
    }

    /**
     * Sets the length of a file that {@code playback} may open, or of what {@code say} says, by the exact argument; see
     * {@link Prompts}.
     */
    public SimulatorSettings prompt(String file, Duration length) {
        prompts.put(file, length);
        return this;
    }

    /** Unloads a module that says or speaks. Loaded are {@code mod_say_en}, {@code mod_say_de} and {@code mod_flite}. */
    public SimulatorSettings without(String module) {
        modules.remove(module);
        return this;
    }

    /** Sets the file that the ledger is appended to; null, the default: the ledger is kept in memory only. */
    public SimulatorSettings ledger(Path file) {
        ledger = file;
        return this;
    }

    /**
     * Starts a switch.
     *
     * @throws UncheckedIOException if the port is taken or the ledger's file cannot be used
     */
    public SimulatedSwitch start() {
        return new SimulatedSwitch(this);
    }
}
