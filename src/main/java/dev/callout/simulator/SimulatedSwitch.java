package dev.callout.simulator;

import dev.callout.simulator.callee.Callee;
import dev.callout.simulator.ledger.Ledger;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A switch without telephones. It is a TCP server that speaks the event socket of FreeSWITCH 1.10.12 and sets up calls
 * to simulated callees. It reports the calls with the events, fields and oddities that were recorded from a real
 * switch. It supports what a dialler uses of FreeSWITCH: {@code auth}, {@code event}, {@code nixevent},
 * {@code noevents}, {@code filter}, {@code api}, {@code bgapi}, {@code exit}; and the commands {@code originate},
 * {@code uuid_kill}, {@code uuid_exists}, {@code uuid_dump}, {@code uuid_getvar}, {@code show channels},
 * {@code hupall}, {@code fsctl sps|max_sessions|pause|resume}, {@code sched_hangup}, {@code sched_api},
 * {@code sofia status}, {@code file_exists}, {@code module_exists}, {@code status}, {@code uptime}, {@code version},
 * {@code global_getvar core_uuid}.
 *
 * <p>An extension, application, menu of {@code ivr} or file whose name contains {@code missing} or {@code no-such} does
 * not exist. A {@code bridge} to a gateway that does not exist or is down ends the call as on a real switch. Any other
 * bridge is answered.
 *
 * <p>The {@link Ledger} records what the switch dialled. Everything happens on one thread, so ten thousand calls cost
 * only their timers and events. The methods of this class may be called from any other thread. They return when they
 * have taken effect.
 */
public final class SimulatedSwitch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedSwitch.class);
    /** A listener that reads too slowly loses events beyond this number of bytes. FreeSWITCH counts 100,000 events. */
    private static final WriteBufferWaterMark SEND_BUFFER = new WriteBufferWaterMark(32 << 20, 64 << 20);

    private static final long CLOSING_TIME_MS = 2000;

    private final SimulatorSettings settings;
    private final EventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("simulated-switch", true));
    private final EventLoop loop = group.next();
    private final Ledger ledger;
    private final SwitchCore core;
    private final int port;
    private Channel listening;
    private boolean closed;

    SimulatedSwitch(SimulatorSettings settings) {
        this.settings = settings;
        this.ledger = new Ledger(settings.ledger);
        this.core = new SwitchCore(settings, loop, ledger);
        try {
            listening = bind(settings.port);
        } catch (RuntimeException e) {
            group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            ledger.close();
            throw e;
        }
        port = ((InetSocketAddress) listening.localAddress()).getPort();
        run(core::start);
        LOG.info("Simulated switch listens on {}:{}", settings.host, port);
    }

    /** Settings with FreeSWITCH's defaults, from which a switch can be started. */
    public static SimulatorSettings builder() {
        return new SimulatorSettings();
    }

    private Channel bind(int wanted) {
        ServerBootstrap server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_BUFFER)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new CommandDecoder(), new EslSession(core));
                    }
                });
        ChannelFuture bound = server.bind(settings.host, wanted).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new UncheckedIOException(new IOException(
                    "The simulated switch cannot listen on " + settings.host + ":" + wanted + ": "
                            + bound.cause().getMessage(),
                    bound.cause()));
        }
        return bound.channel();
    }

    /** The port on which it listens. */
    public int port() {
        return port;
    }

    /** What was dialled, and how it ended. */
    public Ledger ledger() {
        return ledger;
    }

    /** Identifies this incarnation. It changes with {@link #restart()}. */
    public String coreUuid() {
        return ask(() -> core.coreUuid);
    }

    /** The number of calls that are up. */
    public int callsUp() {
        return ask(() -> core.calls.size());
    }

    /** The number of open connections, authenticated or not. */
    public int connections() {
        return ask(() -> core.sessions.size());
    }

    /** Changes the callees of later calls. */
    public void callees(Callee callees) {
        run(() -> core.callees = callees);
    }

    /** Changes a gateway's state for later calls. */
    public void gateway(String name, GatewayState state) {
        run(() -> core.gateways.set(name, state));
    }

    /**
     * Makes a share of a gateway's later calls fail before they reach a callee.
     *
     * @param sipStatus   status of the refusal: 503 for a congested trunk, 904 for wrong credentials
     * @param probability 0 to 1; 0 ends it
     */
    public void gatewayFails(String name, int sipStatus, double probability) {
        run(() -> core.gateways.fail(name, sipStatus, probability));
    }

    /** Leads a gateway's later calls to a trunk with limits. */
    public void gatewayLeadsTo(String name, SimulatedTrunk trunk) {
        run(() -> core.gateways.trunk(name, trunk));
    }

    /** {@code fsctl sps N}: admits N−1 calls in each second from now on. */
    public void sessionsPerSecond(int limit) {
        run(() -> core.admission.sessionsPerSecond(limit));
    }

    /** {@code fsctl max_sessions N}. */
    public void maxSessions(int limit) {
        run(() -> core.admission.maxSessions = limit);
    }

    /** {@code fsctl pause} and {@code resume}: while paused, every originate is refused. */
    public void pause(boolean paused) {
        run(() -> core.admission.paused = paused);
    }

    /** Resets (RST) every connection. Calls continue. Returns how many connections there were. */
    public int dropConnections() {
        return each(EslSession::reset);
    }

    /**
     * Makes open connections half-open: nothing more is read or sent on them, and they are not closed. Returns how
     * many.
     */
    public int goSilent() {
        return each(EslSession::goSilent);
    }

    /** Stops or resumes reading commands, also on later connections. Events are sent as usual. */
    public void stallReading(boolean stalled) {
        run(() -> core.faults.readingStalled = stalled);
        each(EslSession::readAsAllowed);
    }

    /**
     * The same only on connections that subscribe to events. FreeSWITCH leaves commands unread there for seconds while
     * it sends events at a high rate.
     */
    public void stallListeners(boolean stalled) {
        run(() -> core.faults.listenersStalled = stalled);
        each(EslSession::readAsAllowed);
    }

    /** Closes the listening socket. Existing connections stay; new ones are refused until {@link #listenAgain()}. */
    public synchronized void stopListening() {
        listening.close().syncUninterruptibly();
        // The JDK releases the port at the selector's next turn. A task of a later turn waits for that.
        loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    /** Listens on the same port again. Does nothing if it already listens. */
    public synchronized void listenAgain() {
        if (!listening.isOpen()) {
            listening = bind(port);
        }
    }

    /**
     * Kills the switch and starts it again on the same port. Connections are reset, calls disappear without events, and
     * the Core-UUID is new.
     */
    public void restart() {
        run(core::restart);
    }

    /**
     * From now on, simulated durations are exactly as planned, however late this machine runs what is due. In return,
     * they are shorter than real ones.
     */
    public void bePunctual() {
        run(core.clock::punctual);
    }

    /** Sets the interval of HEARTBEAT events, in real time. */
    public void heartbeat(Duration interval) {
        run(() -> core.heartbeat(interval));
    }

    /** Answers every {@code auth} as if the password were wrong. */
    public void refuseAuth(boolean refuse) {
        run(() -> core.faults.authRefused = refuse);
    }

    /** Holds back BACKGROUND_JOB events by this much real time. */
    public void delayJobs(Duration delay) {
        run(() -> core.faults.jobDelay = delay);
    }

    /**
     * For calls that begin from now on, sends CHANNEL_CREATE after CHANNEL_HANGUP_COMPLETE. FreeSWITCH does not promise
     * an order.
     */
    public void hangupBeforeCreate(boolean on) {
        run(() -> core.faults.createdLate = on);
    }

    /** Does something with every connection. Returns how many there were. */
    private int each(Consumer<EslSession> action) {
        return ask(() -> {
            List<EslSession> sessions = List.copyOf(core.sessions);
            sessions.forEach(action);
            return sessions.size();
        });
    }

    private void run(Runnable action) {
        ask(() -> {
            action.run();
            return null;
        });
    }

    private <T> T ask(Callable<T> question) {
        try {
            return loop.inEventLoop()
                    ? question.call()
                    : loop.submit(question).syncUninterruptibly().getNow();
        } catch (Exception e) {
            throw new IllegalStateException("The simulated switch failed: " + e.getMessage(), e);
        }
    }

    /** Sends SHUTDOWN to its listeners, hangs up all calls and closes everything. The ledger can still be read. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        listening.close().syncUninterruptibly();
        run(core::shutDown);
        group.shutdownGracefully(50, CLOSING_TIME_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSING_TIME_MS);
        ledger.close();
    }
}
