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

/**
 * The way to one switch: sends commands over a connection that is kept up for ever, logged in, subscribed and filtered. Any
 * thread may use it; nothing blocks.
 *
 * <p>Everything happens on one event loop of the group: the listener is called there, and futures complete there, so what hangs
 * on them must not block. Close the client before the group is shut down.
 */
public final class EslClient implements AutoCloseable {

    /** Commands that may be without a reply at a time; more of them fail with {@link EslNotSentException}. */
    public static final int MAX_PENDING_COMMANDS = 10_000;

    /** How long a switch may take to read what it was sent before {@link #close()}. */
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
     * @param group       an NIO group; it stays the caller's to shut down
     * @param nameLookUps where the host's name is looked up, which may block for long, but one task at a time for each client;
     *                    not used if the host is an address
     * @param listener    called on an event loop of the group
     */
    public EslClient(EslSettings settings, EventLoopGroup group, Executor nameLookUps, EslListener listener) {
        this(settings, group, NioSocketChannel::new, nameLookUps, listener);
    }

    /** The same with sockets of the caller's, so that tests can run out of them. */
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

    /** Begins to connect and returns at once; to call it again does nothing. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            loop.execute(keeper::connect);
        }
    }

    /** Whether commands can be sent now. */
    public boolean isReady() {
        return keeper.isReady();
    }

    /** The switch's incarnation as of the last ready connection; null before the first. */
    public String coreUuid() {
        return keeper.coreUuid();
    }

    /** Why the connection was last down, kept when it is up again; null if it never was. */
    public String lastError() {
        return keeper.lastError();
    }

    /** How often a connection became ready after the first time. */
    public long reconnects() {
        return keeper.reconnects();
    }

    /** Commands written for callers since the start; logging in and keeping alive are not counted. */
    public long commandsSent() {
        return commandsSent.get();
    }

    /** Drops the connection, if there is one, and begins again at once. */
    public void reconnect() {
        loop.execute(() -> {
            keeper.drop("dropped because a reconnect was asked for");
            if (started.get()) {
                keeper.connect();
            }
        });
    }

    /**
     * Connects by other settings of the same name, such as another address or password, and keeps to these; jobs are still
     * awaited. The switch has {@link #CLOSING_GRACE} to read what it was sent before.
     */
    public void reconnect(EslSettings changed) {
        settings = changed;
        loop.execute(() -> keeper.reconnect(changed, CLOSING_GRACE));
    }

    /**
     * Sends any command, such as {@code nixevent HEARTBEAT}.
     *
     * @param command one line
     * @return the reply; fails with {@link EslRejectedException}, {@link EslNotSentException} or {@link EslNoReplyException}
     * @throws IllegalArgumentException if {@code command} is blank or holds CR, LF or NUL
     */
    public CompletableFuture<EslReply> command(String command) {
        CompletableFuture<EslReply> result = new CompletableFuture<>();
        String verb = CommandText.verb(CommandText.requireCommand(command));
        submit(command + "\n\n", verb, () -> {}, (reply, error) -> {
            if (error != null) {
                result.completeExceptionally(error);
            } else if (reply.ok()) {
                result.complete(reply);
            } else {
                result.completeExceptionally(rejected(verb, reply));
            }
        });
        return result;
    }

    /**
     * Runs an API command; the connection delivers nothing else until it is done, so it should be a short one.
     *
     * @param command one line without the word {@code api}, such as {@code show channels as json}
     * @return the body of the answer, {@code -ERR} included; fails with {@link EslNotSentException},
     *         {@link EslNoReplyException}, or {@link EslRejectedException} if the switch did not take it for an API command
     * @throws IllegalArgumentException if {@code command} is blank or holds CR, LF or NUL
     */
    public CompletableFuture<String> api(String command) {
        CompletableFuture<String> result = new CompletableFuture<>();
        String line = "api " + CommandText.requireCommand(command);
        String verb = CommandText.verb(line);
        submit(line + "\n\n", verb, () -> {}, (reply, error) -> {
            if (error != null) {
                result.completeExceptionally(error);
            } else if (reply.contentType().equals("api/response")) {
                result.complete(reply.body());
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
     * @param jobUuid the caller's name for the job, one word; one that is awaited cannot be used again
     * @param timeout how long to wait for the result, a lost connection included
     * @return the body of the job's BACKGROUND_JOB event, "" if it has none, completed before the listener gets the event.
     *         Fails with {@link EslNotSentException}, {@link EslRejectedException}, or {@link EslNoReplyException} if the
     *         result does not come in time or the switch was restarted; {@link EslUnreadException} if it was, and had not
     *         read the command before. If the connection breaks before the switch has acknowledged the command, the job is
     *         still awaited
     * @throws IllegalArgumentException if a text is blank or holds CR, LF or NUL, or {@code jobUuid} a blank
     */
    public CompletableFuture<String> bgapi(String command, String jobUuid, Duration timeout) {
        return bgapi(command, jobUuid, timeout, () -> {});
    }

    /**
     * The same unless a last look says no.
     *
     * @param lastLook done on the connection's thread right before the write call that takes the command, so it must be quick;
     *                 refuses by {@link EslNotSentException}, with which the result then fails
     */
    public CompletableFuture<String> bgapi(String command, String jobUuid, Duration timeout, Runnable lastLook) {
        CompletableFuture<String> result = new CompletableFuture<>();
        String line = "bgapi " + CommandText.requireCommand(command);
        String verb = CommandText.verb(line);
        String text = line + "\nJob-UUID: " + CommandText.requireWord(jobUuid, "Job-UUID") + "\n\n";
        submit(
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
     * Fails what is pending, says {@code exit} and connects no more; returns at once. The listener is not told.
     *
     * @param grace how long the switch may take to read that before the socket is closed anyway
     */
    public void close(Duration grace) {
        if (keeper.closing()) {
            onLoop(
                    () -> {
                        keeper.close("the client was closed", grace, over);
                        jobs.failAll("the client was closed");
                    },
                    over);
        }
    }

    /**
     * Done when, after {@link #close}, the switch has read all that was sent and ended the connection, or its grace has passed;
     * the group, shut down earlier, would take back what the switch has not read yet. Fails if the group was shut down first.
     */
    public CompletableFuture<Void> over() {
        return over.copy();
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    /**
     * @param before done right before the write call that takes the command; may refuse by EslNotSentException
     * @param done   told the reply or the failure
     */
    private void submit(String text, String verb, Runnable before, BiConsumer<EslReply, Throwable> done) {
        CompletableFuture<EslReply> reply = new CompletableFuture<>();
        int pending = pendingCommands.incrementAndGet();
        reply.whenComplete((answer, error) -> {
            pendingCommands.decrementAndGet();
            done.accept(answer, error);
        });
        if (pending > MAX_PENDING_COMMANDS) {
            reply.completeExceptionally(new EslNotSentException(settings + ": '" + verb + "' was not sent, "
                    + MAX_PENDING_COMMANDS + " commands are waiting for their replies"));
            return;
        }
        onLoop(
                () -> {
                    EslConnection connection = keeper.usable();
                    if (connection == null) {
                        reply.completeExceptionally(notReady(verb));
                        return;
                    }
                    connection.send(
                            text,
                            verb,
                            () -> {
                                before.run();
                                commandsSent.incrementAndGet();
                            },
                            reply);
                },
                reply);
    }

    /** Runs at once if on the event loop already, so that what one thread asks for stays in its order. */
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

    private EslNotSentException notReady(String verb) {
        return new EslNotSentException(settings + ": '" + verb + "' was not sent, "
                + (keeper.isClosed() ? "the client is closed" : "there is no connection"));
    }

    private EslRejectedException rejected(String verb, EslReply reply) {
        return new EslRejectedException(
                settings + ": refused '" + verb + "': " + Quoted.of(reply.said().trim()), reply);
    }
}
