package dev.callout.esl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.wire.EslEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A client and a scripted switch for each test. Only tests that wait for a time-out give it a short one. */
abstract class EslClientFixture {

    /** Longer than any machine stands still: no test is to see it. */
    static final Duration LONG = Duration.ofSeconds(60);

    static final Duration SHORT = Duration.ofMillis(400);
    static final int MAX_FRAME_BYTES = 4096;
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

    private static NioEventLoopGroup group;

    final LookUps lookUps = new LookUps();
    final RecordingListener listener = new RecordingListener();
    Duration connectTimeout = LONG;
    Duration commandTimeout = LONG;
    Duration reconnectFirst = Duration.ofMillis(20);
    EslSettings.Subscription subscription = new EslSettings.Subscription(
            List.of("BACKGROUND_JOB", "HEARTBEAT"), List.of("variable_callout callout", "Event-Name HEARTBEAT"));
    ChannelFactory<Channel> sockets = NioSocketChannel::new;
    ScriptedSwitch fs;
    EslClient client;

    /** Looks names up on threads of its own, unless the name server is away. */
    static final class LookUps implements Executor {

        final AtomicInteger asked = new AtomicInteger();
        volatile boolean away;
        /** As an executor whose threads cannot be made, or that was shut down. */
        volatile boolean refuse;

        @Override
        public void execute(Runnable lookUp) {
            asked.incrementAndGet();
            if (refuse) {
                throw new RejectedExecutionException("no thread");
            }
            if (!away) {
                new Thread(lookUp, "look-up").start();
            }
        }
    }

    @BeforeAll
    static void startGroup() {
        group = new NioEventLoopGroup(1);
    }

    @AfterAll
    static void stopGroup() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @BeforeEach
    void startSwitch() throws IOException {
        fs = new ScriptedSwitch();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        fs.close();
    }

    EslSettings settings(String host, int port, Duration silenceLimit) {
        return new EslSettings(
                "fs1",
                host,
                port,
                new EslSettings.Account(null, ScriptedSwitch.PASSWORD),
                new EslSettings.Limits(
                        connectTimeout,
                        commandTimeout,
                        silenceLimit,
                        reconnectFirst,
                        reconnectFirst.multipliedBy(5),
                        MAX_FRAME_BYTES),
                subscription);
    }

    /** Starts a client without waiting for the connection. */
    void start(EslListener hearing, Duration silenceLimit) {
        start("127.0.0.1", hearing, silenceLimit);
    }

    void start(String host, EslListener hearing, Duration silenceLimit) {
        client = new EslClient(settings(host, fs.port(), silenceLimit), group, sockets, lookUps, hearing);
        client.start();
    }

    void startReady() {
        start(listener, SILENCE_LIMIT);
        awaitReady(1);
    }

    /** Waits until the connection has become ready so often. */
    void awaitReady(int times) {
        await().untilAsserted(() -> assertThat(listener.ready).hasSizeGreaterThanOrEqualTo(times));
    }

    void awaitDown(String reason) {
        await().untilAsserted(() ->
                assertThat(listener.down).anySatisfy(told -> assertThat(told).contains(reason)));
    }

    /** Keeps the connection's thread at its first event until it may go on. */
    EslListener heldAtTheFirstEvent(CountDownLatch busy, CountDownLatch goOn) {
        return new EslListener() {
            @Override
            public void onReady(String coreUuid) {
                listener.onReady(coreUuid);
            }

            @Override
            public void onEvent(EslEvent event) {
                listener.onEvent(event);
                if (listener.events.size() == 1) {
                    busy.countDown();
                    awaitOn(goOn);
                }
            }

            @Override
            public void onDown(String reason) {
                listener.onDown(reason);
            }
        };
    }

    static void awaitOn(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    static AbstractThrowableAssert<?, ?> assertFailure(CompletableFuture<?> future) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        future.whenComplete((value, error) -> failure.complete(error));
        return assertThat(catchThrowable(() -> {
            throw get(failure);
        }));
    }

    static String job(String uuid, String result) {
        return ScriptedSwitch.event("""
                {"Event-Name":"BACKGROUND_JOB","Job-UUID":"%s","_body":"%s"}"""
                .formatted(uuid, result));
    }
}
