package dev.callout.esl.client;

import dev.callout.esl.wire.EslEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One connection with a switch, from connecting to its end: a session for events and a session for commands, or a
 * single session if no events are subscribed to. FreeSWITCH serves each session on a thread of its own. At 200 calls/s
 * the thread of a session that subscribes to events reads no commands for 2 to 3 s every 14 s (1.10.12, measured).
 *
 * <p>The connection is ready when both sessions are. It ends exactly once, when both have ended, by notifying its
 * owner. When one session ends, the other sends nothing more, but reads what the switch sent before: how calls ended,
 * and which commands were read. Used on the event loop only.
 */
final class EslConnection {

    private final EslSettings settings;
    private final ConnectionKeeper owner;
    private final EslSession events;
    /** The same as {@link #events} if there is a single session. */
    private final EslSession commands;

    private InetSocketAddress address;
    private String coreUuid;
    /** Why the first session ended; null if none has. */
    private String reason;

    private boolean ready;
    private boolean exiting;

    /** @param sockets creates a socket that is not connected yet, or throws if it cannot */
    EslConnection(
            EslSettings settings, EventLoop loop, ChannelFactory<? extends Channel> sockets, ConnectionKeeper owner) {
        this.settings = settings;
        this.owner = owner;
        if (settings.subscription().events().isEmpty()) {
            this.events = new EslSession(settings, "", loop, sockets, this);
            this.commands = events;
        } else {
            this.events = new EslSession(settings, "session for events", loop, sockets, this);
            this.commands = new EslSession(settings.withoutEvents(), "session for commands", loop, sockets, this);
        }
    }

    /**
     * Starts to connect: first the session for events, so that commands are sent only when their events are seen.
     *
     * @param resolved where the switch listens
     */
    void open(InetSocketAddress resolved) {
        address = resolved;
        events.open(resolved, null);
    }

    /** Whether commands may be sent. */
    boolean isOpen() {
        return events.isOpen() && commands.isOpen();
    }

    /** The session that the switch sends events on. A reply on it comes behind the events that were sent before. */
    EslSession events() {
        return events;
    }

    /** The session for all that need not be in order with the events. */
    EslSession commands() {
        return commands;
    }

    /** A session is logged in. */
    void ready(EslSession session, String core) {
        if (session == events) {
            coreUuid = core;
        } else if (!core.equals(coreUuid)) {
            drop("the switch was restarted while the connection was being made");
            return;
        }
        if (session == commands) {
            ready = true;
            owner.ready(core);
        } else {
            commands.open(address, core);
        }
    }

    /** A session has received an event. */
    void event(EslEvent event) {
        owner.event(event);
    }

    /** A session sends nothing more. */
    void ending() {
        owner.ending(this);
    }

    /**
     * A session has ended.
     *
     * @param what why, without the name of the switch
     * @param told the same for operators
     */
    void down(EslSession session, String what, String told) {
        if (reason == null) {
            reason = told;
        }
        EslSession other = session == events ? commands : events;
        if (other.isEnded()) {
            if (!exiting) {
                owner.down(this, reason);
            }
        } else if (ready) {
            other.listenToTheEnd(what);
        } else {
            other.drop(what);
        }
    }

    /** Ends both sessions at once. */
    void drop(String what) {
        if (reason == null) {
            reason = settings + ": " + what;
        }
        events.drop(what);
        commands.drop(what);
    }

    /**
     * Sends {@code exit} on both sessions and ends them, then completes {@code over}. The owner is not notified any
     * more.
     *
     * @param grace how long the switch may take to answer {@code exit} before the sockets are closed anyway
     */
    void exit(String why, Duration grace, CompletableFuture<Void> over) {
        exiting = true;
        CompletableFuture<Void> commandsOver = new CompletableFuture<>();
        CompletableFuture<Void> eventsOver = new CompletableFuture<>();
        commands.exit(why, grace, commandsOver);
        events.exit(why, grace, eventsOver);
        eventsOver.thenAcceptBoth(commandsOver, (one, another) -> over.complete(null));
    }
}
