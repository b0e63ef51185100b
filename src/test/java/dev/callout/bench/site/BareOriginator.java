package dev.callout.bench.site;

import dev.callout.esl.client.EslClient;
import dev.callout.esl.client.EslListener;
import dev.callout.esl.client.EslSettings;
import dev.callout.esl.wire.EslEvent;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit of any dialler: keeps calls up on a switch without asking anybody whom to call, or telling anybody how it
 * went.
 */
public final class BareOriginator implements AutoCloseable {

    private static final Duration JOB_TIMEOUT = Duration.ofSeconds(60);
    private static final List<String> EVENTS = List.of(
            "BACKGROUND_JOB",
            "CHANNEL_CREATE",
            "CHANNEL_PROGRESS",
            "CHANNEL_PROGRESS_MEDIA",
            "CHANNEL_ANSWER",
            "PLAYBACK_START",
            "PLAYBACK_STOP",
            "CHANNEL_HANGUP_COMPLETE",
            "CHANNEL_DESTROY",
            "HEARTBEAT");

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final EslClient client;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong number = new AtomicLong();
    private final int lines;
    private volatile boolean stopped;

    /** @param lines how many calls are kept up */
    public BareOriginator(int port, int lines) {
        this.lines = lines;
        EslSettings settings = new EslSettings(
                "sim",
                "127.0.0.1",
                port,
                new EslSettings.Account(null, "ClueCon"),
                new EslSettings.Limits(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        EslSettings.DEFAULT_MAX_FRAME_BYTES),
                new EslSettings.Subscription(EVENTS, List.of()));
        client = new EslClient(settings, group, Runnable::run, new Listener());
    }

    /** Runs for some seconds, and then for more seconds in which calls are counted. */
    public double callsPerSecond(int warmUp, int seconds) throws Exception {
        client.start();
        ready.await();
        for (int i = 0; i < lines; i++) {
            originate();
        }
        TimeUnit.SECONDS.sleep(warmUp);
        long before = ended.get();
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        Deployment.await(() -> ended.get() > before, "No call ends");
        double perSecond = (ended.get() - before) * 1e9 / (System.nanoTime() - begun);
        stopped = true;
        client.api("hupall").join();
        return perSecond;
    }

    private void originate() {
        String uuid = UUID.randomUUID().toString();
        client.bgapi(
                "originate {origination_uuid=" + uuid + ",callout=callout}sofia/gateway/gw/" + number.incrementAndGet()
                        + " &echo()",
                UUID.randomUUID().toString(),
                JOB_TIMEOUT);
    }

    @Override
    public void close() {
        client.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Listener implements EslListener {

        @Override
        public void onReady(String coreUuid) {
            ready.countDown();
        }

        @Override
        public void onEvent(EslEvent event) {
            if (event.name().equals("CHANNEL_HANGUP_COMPLETE") && !stopped) {
                ended.incrementAndGet();
                originate();
            }
        }

        @Override
        public void onDown(String reason) {
            // Then nothing is counted, which is visible in the result.
        }
    }
}
