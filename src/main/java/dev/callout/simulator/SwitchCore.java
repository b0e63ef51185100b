package dev.callout.simulator;

import dev.callout.simulator.callee.Callee;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.events.EventType;
import dev.callout.simulator.events.SwitchClock;
import dev.callout.simulator.ledger.Ledger;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shared state of the switch's parts. Everything here belongs to one event loop's thread, so there are no locks.
 */
final class SwitchCore {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchCore.class);

    final SimulatorSettings settings;
    final EventLoop loop;
    final Ledger ledger;
    final SwitchClock clock;
    /** The loaded modules, as far as they matter here. */
    final Set<String> modules;

    final Prompts prompts;
    final SimulatedGateways gateways;
    final Set<EslSession> sessions = new LinkedHashSet<>();
    final Map<String, CallFlow> calls = new LinkedHashMap<>();
    final EventBus events = new EventBus(this);
    final ApiCommands api = new ApiCommands(this);
    Admission admission;
    String coreUuid = UUID.randomUUID().toString();
    Callee callees;
    final Function<String, CalleePlan> agents;
    final Faults faults = new Faults();
    private Future<?> heartbeat;
    private boolean closing;

    SwitchCore(SimulatorSettings settings, EventLoop loop, Ledger ledger) {
        this.settings = settings;
        this.loop = loop;
        this.ledger = ledger;
        this.clock = new SwitchClock(settings.timeScale);
        this.modules = Set.copyOf(settings.modules);
        this.prompts = new Prompts(Map.copyOf(settings.prompts));
        this.gateways = new SimulatedGateways(settings.gateways);
        this.callees = settings.callees;
        this.agents = settings.agents;
        this.admission = new Admission(settings.sessionsPerSecond, settings.maxSessions);
    }

    void start() {
        loop.scheduleAtFixedRate(() -> admission.newSecond(), 1, 1, TimeUnit.SECONDS);
        heartbeat(settings.heartbeat);
    }

    /**
     * Runs an action later on the switch's thread, unless the switch is restarted before. A failure of the action is
     * logged, not lost with the future.
     */
    Future<?> after(long nanos, Runnable action) {
        String incarnation = coreUuid;
        long due = clock.microsAfter(nanos);
        return loop.schedule(
                () -> {
                    try {
                        if (incarnation.equals(coreUuid)) {
                            clock.at(due, action);
                        }
                    } catch (RuntimeException e) {
                        LOG.error("The simulated switch failed: {}", e.getMessage(), e);
                    }
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }

    /** A copy of the current calls, which may be changed while the copy is iterated. */
    List<CallFlow> callsNow() {
        return List.copyOf(calls.values());
    }

    /** The same at a simulated time, in microseconds. */
    Future<?> at(long micros, Runnable action) {
        return after(clock.realNanosUntil(micros), action);
    }

    void callEnded() {
        if (closing && calls.isEmpty()) {
            List.copyOf(sessions).forEach(EslSession::close);
        }
    }

    void heartbeat(Duration interval) {
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        long nanos = interval.toNanos();
        heartbeat = loop.scheduleAtFixedRate(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void beat() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Event-Info", "System Ready");
        fields.put("Up-Time", SwitchStatus.upTime(clock));
        fields.put("FreeSWITCH-Version", SwitchStatus.VERSION);
        fields.put("Uptime-msec", Long.toString(clock.uptimeMicros() / 1000));
        fields.put("Session-Count", Integer.toString(calls.size()));
        fields.put("Max-Sessions", Integer.toString(admission.maxSessions));
        fields.put("Session-Per-Sec", Integer.toString(admission.budget));
        fields.put("Session-Per-Sec-Last", Integer.toString(admission.lastSecond));
        fields.put("Session-Per-Sec-Max", Integer.toString(admission.peakPerSecond));
        fields.put("Session-Per-Sec-FiveMin", Integer.toString(admission.peakPerSecond));
        fields.put("Session-Since-Startup", Long.toString(admission.total));
        fields.put("Session-Peak-Max", Integer.toString(admission.peak));
        fields.put("Session-Peak-FiveMin", Integer.toString(admission.peak));
        fields.put("Idle-CPU", "95.000000");
        events.general(EventType.HEARTBEAT, fields);
    }

    /** The switch is killed and started again. */
    void restart() {
        List.copyOf(sessions).forEach(EslSession::reset);
        callsNow().forEach(CallFlow::vanish);
        calls.clear();
        coreUuid = UUID.randomUUID().toString();
        admission = new Admission(admission.sessionsPerSecond, admission.maxSessions);
    }

    /** An orderly end: sends SHUTDOWN, hangs up all calls, closes connections. */
    void shutDown() {
        closing = true;
        events.general(EventType.SHUTDOWN, Map.of("Event-Info", "System Shutting Down"));
        callsNow().forEach(call -> call.kill(HangupCause.SYSTEM_SHUTDOWN));
        loop.execute(this::callEnded);
    }
}
