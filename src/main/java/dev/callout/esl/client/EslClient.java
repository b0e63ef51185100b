package dev.callout.esl.client;

import dev.callout.esl.wire.EslReply;
import dev.callout.esl.wire.Quoted;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The client for one switch. It sends commands over a connection that is kept up for ever: logged in, subscribed and
 * filtered. Any thread may use it; nothing blocks.
 *
 * <p>Everything happens on one event loop of the group. The listener is called there and futures complete there, so
 * code that depends on them must not block. Close the client before you shut down the group.
 */
public final class EslClient implements AutoCloseable {

    /** Maximum number of commands without a reply at a time. Further ones fail with {@link EslNotSentException}. */
    public static final int MAX_PENDING_COMMANDS = 10_000;

    /** How long a switch may take to read what was sent to it before {@link #close()}. */
    public static final Duration CLOSING_GRACE = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final BackgroundJobs jobs;
    private final ConnectionKeeper keeper;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicInteger pendingCommands = new AtomicInteger();
    private final AtomicLong commandsSent = new AtomicLong();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile EslSettings settings;

    /**
     * @param group       an NIO group; shutting it down remains the caller's task
     * @param nameLookUps runs look-ups of the host's name. A look-up may block for long, but each client runs only one
     *                    at a time. Not used if the host is an address
     * @param listener    called on an event loop of the group
     */
    public EslClient(EslSettings settings, EventLoopGroup group, Executor nameLookUps, EslListener listener) {
        this(settings, group, NioSocketChannel::new, nameLookUps, listener);
    }

    /** The same with sockets supplied by the caller, so that tests can run out of them. */
    EslClient(
            EslSettings settings,
            EventLoopGroup group,
            ChannelFactory<? extends Channel> sockets,
            Executor nameLookUps,
            EslListener listener) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.loop = group.next();
        this.jobs = new BackgroundJobs(loop);
        this.keeper = new ConnectionKeeper(
                settings,
                loop,
                sockets,
                Objects.requireNonNull(nameLookUps, "nameLookUps"),
                Objects.requireNonNull(listener, "listener"),
                jobs);
    }

    /** Starts to connect and returns at once. Calling it again does nothing. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            loop.execute(keeper::connect);
        }
    }

    /** Whether commands can be sent at this moment. */
    public boolean isReady() {
        return keeper.isReady();
    }

    /** The switch's incarnation as of the last ready connection; null before the first. */
    public String coreUuid() {
        return keeper.coreUuid();
    }

    /** Why the connection was last down. Kept when it is up again; null if it was never down. */
    public String lastError() {
        return keeper.lastError();
    }

    /** How often a connection became ready, not counting the first time. */
    public long reconnects() {
        return keeper.reconnects();
    }

    /** Commands written for callers since the start. Commands for logging in and keep-alive are not counted. */
    public long commandsSent() {
        return commandsSent.get();
    }

    /** Drops the connection, if there is one, and connects again at once. */
    public void reconnect() {
        loop.execute(() -> {
            keeper.drop("dropped because a reconnect was requested");
            if (started.get()) {
                keeper.connect();
            }
        });
    }

    /**
     * Connects with other settings of the same name, for example another address or password, and keeps using them.
     * Jobs are still awaited. The switch has {@link #CLOSING_GRACE} to read what was sent to it before.
     */
    public void reconnect(EslSettings changed) {
        settings = changed;
        loop.execute(() -> keeper.reconnect(changed, CLOSING_GRACE));
    }

    /**
     * Sends any command on the session that receives the events, such as {@code nixevent HEARTBEAT}. A busy switch may
     * read it seconds late. Its reply comes behind the events that were sent before it.
     *
     * @param command one line
     * @return the reply; fails with {@link EslRejectedException}, {@link EslNotSentException} or
     *         {@link EslNoReplyException}
     * @throws IllegalArgumentException if {@code command} is blank or holds CR, LF or NUL
     */
    public CompletableFuture<EslReply> command(String command) {
        return ask(EslConnection::events, CommandText.requireCommand(command), EslReply::ok, Function.identity());
    }

    /**
     * Runs an API command. The switch reads no other command until this one is done, so it should be short.
     *
     * @param command one line without the word {@code api}, such as {@code show channels as json}
     * @return the body of the answer, {@code -ERR} included. Fails with {@link EslNotSentException},
     *         {@link EslNoReplyException}, or {@link EslRejectedException} if the switch did not accept it as an API
     *         command
     * @throws IllegalArgumentException if {@code command} is blank or holds CR, LF or NUL
     */
    public CompletableFuture<String> api(String command) {
        Predicate<EslReply> accepted = reply -> reply.contentType().equals("api/response");
        return ask(EslConnection::commands, "api " + CommandText.requireCommand(command), accepted, EslReply::body);
    }

    /**
     * Completes when the listener has been told the events that the switch has sent so far: a command without effect is
     * answered behind them, be it with a refusal. Fails with {@link EslNotSentException} or
     * {@link EslNoReplyException}.
     */
    public CompletableFuture<?> eventsReceived() {
        return ask(EslConnection::events, EslSession.PING, reply -> true, Function.identity());
    }

    private <T> CompletableFuture<T> ask(
            Function<EslConnection, EslSession> session,
            String line,
            Predicate<EslReply> accepted,
            Function<EslReply, T> answer) {
        CompletableFuture<T> result = new CompletableFuture<>();
        String verb = CommandText.verb(line);
        submit(session, line + "\n\n", verb, () -> {}, (reply, error) -> {
            if (error != null) {
                result.completeExceptionally(error);
            } else if (accepted.test(reply)) {
                result.complete(answer.apply(reply));
            } else {
                result.completeExceptionally(rejected(verb, reply));
            }
        });
        return result;
    }

    /**
     * Runs an API command in the background.
     *
     * @param command one line without the word {@code bgapi}
     * @param jobUuid the caller's name for the job, one word; the name of an awaited job cannot be used again
     * @param timeout how long to wait for the result, including the time of a lost connection
     * @return the body of the job's BACKGROUND_JOB event, "" if it has none, completed before the listener gets the
     *         event. Fails with {@link EslNotSentException} or {@link EslRejectedException}. Fails with
     *         {@link EslNoReplyException} if the result does not come in time or if the switch was restarted. Fails
     *         with {@link EslUnreadException} if the switch was restarted and had not read the command before. If the
     *         connection breaks before the switch has acknowledged the command, the job is still awaited
     * @throws IllegalArgumentException if a text is blank or holds CR, LF or NUL, or if {@code jobUuid} contains a
     *                                  blank
     */
    public CompletableFuture<String> bgapi(String command, String jobUuid, Duration timeout) {
        return bgapi(command, jobUuid, timeout, () -> {});
    }

    /**
     * The same with a last check that can still refuse the command.
     *
     * @param lastLook runs on the connection's thread right before the write call that takes the command, so it must be
     *                 quick. To refuse, it throws an {@link EslNotSentException}, and the result then fails with that
     *                 exception
     */
    public CompletableFuture<String> bgapi(String command, String jobUuid, Duration timeout, Runnable lastLook) {
        CompletableFuture<String> result = new CompletableFuture<>();
        String line = "bgapi " + CommandText.requireCommand(command);
        String verb = CommandText.verb(line);
        String text = line + "\nJob-UUID: " + CommandText.requireWord(jobUuid, "Job-UUID") + "\n\n";
        submit(
                EslConnection::commands,
                text,
                verb,
                () -> {
                    lastLook.run();
                    jobs.await(jobUuid, timeout, result);
                },
                (reply, error) -> {
                    if (error instanceof EslNotSentException) {
                        result.completeExceptionally(error);
                    } else if (error instanceof EslNoReplyException lost && lost.isUnreadIfDead()) {
                        jobs.unreadIfDead(jobUuid);
                    } else if (error == null && !reply.ok()) {
                        jobs.fail(jobUuid, rejected(verb, reply));
                    }
                });
        return result;
    }

    /** Closes with {@link #CLOSING_GRACE}. */
    @Override
    public void close() {
        close(CLOSING_GRACE);
    }

    /**
     * Fails what is pending, sends {@code exit}, and does not connect again. Returns at once. The listener is not
     * called.
     *
     * @param grace how long the switch may take to read that before the socket is closed anyway
     */
    public void close(Duration grace) {
        if (keeper.closing()) {
            onLoop(
                    () -> {
                        keeper.close("the client was closed", grace, over);
                        jobs.failAll("the client was closed", false);
                    },
                    over);
        }
    }

    /**
     * Completes after {@link #close}, when the switch has read all that was sent and ended the connection, or when the
     * grace has passed. Shut down the group only then: earlier, what the switch has not yet read would be lost. Fails
     * if the group was shut down first.
     */
    public CompletableFuture<Void> over() {
        return over.copy();
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    /**
     * @param session the session of the connection that takes the command
     * @param before  runs right before the write call that takes the command; may refuse by EslNotSentException
     * @param done    receives the reply or the failure
     */
    private void submit(
            Function<EslConnection, EslSession> session,
            String text,
            String verb,
            Runnable before,
            BiConsumer<EslReply, Throwable> done) {
        CompletableFuture<EslReply> reply = new CompletableFuture<>();
        Runnable lastLook = () -> {
            before.run();
            commandsSent.incrementAndGet();
        };
        Command command = new Command(text, verb, lastLook, reply);
        int pending = pendingCommands.incrementAndGet();
        reply.whenComplete((answer, error) -> {
            pendingCommands.decrementAndGet();
            done.accept(answer, error);
        });
        if (pending > MAX_PENDING_COMMANDS) {
            command.notSent(settings + ": " + MAX_PENDING_COMMANDS + " commands are waiting for their replies");
            return;
        }
        onLoop(
                () -> {
                    EslConnection connection = keeper.usable();
                    if (connection == null) {
                        command.notSent(
                                settings + (keeper.isClosed() ? ": the client is closed" : ": there is no connection"));
                    } else {
                        session.apply(connection).send(command);
                    }
                },
                reply);
    }

    /** Runs the task at once if already on the event loop, so that requests of one thread stay in order. */
    private void onLoop(Runnable task, CompletableFuture<?> failing) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            failing.completeExceptionally(new EslNotSentException(settings + ": its event loop has been shut down"));
        }
    }

    private EslRejectedException rejected(String verb, EslReply reply) {
        return new EslRejectedException(
                settings + ": refused '" + verb + "': " + Quoted.of(reply.said().trim()), reply);
    }
}
