package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.chaos.site.Site;
import dev.callout.chaos.site.TcpProxy;
import dev.callout.esl.client.EslClient;
import dev.callout.esl.client.EslListener;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.client.EslSettings;
import dev.callout.esl.wire.EslEvent;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.testbed.LogCapture;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A switch whose bytes are changed, cut, doubled and mixed with noise on the way. The connection may end, and begins
 * again. Nothing hangs, memory stays bounded, and no exception leaves the connection.
 */
@Tag("chaos")
class GarbledStreamChaosIT {

    private static final List<String> LIES = List.of(
            "Content-Length: 99999999999\n\n",
            "Content-Length: -1\n\n",
            "Content-Length: \n\n",
            "Content-Length: 1048577\n\n",
            "\n\n",
            "Content-Type: text/event-json\nContent-Length: 2\n\n{}",
            "Content-Type: auth/request\n\n",
            "Content-Type: text/event-plain\nContent-Length: 9\n\n%%%=%zz%0",
            "{\"a\":\"\\ud800\"}",
            "\0\0\0\0",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[");

    private final Random random = new Random(Site.SEED);
    private final AtomicLong events = new AtomicLong();

    @Test
    void aGarbledStreamEndsTheConnectionAtMost() throws Exception {
        System.out.println("garbled stream: -Dchaos.seed=" + Site.SEED);
        NioEventLoopGroup group = new NioEventLoopGroup(1);
        try (LogCapture log = new LogCapture();
                SimulatedSwitch simulated = SimulatedSwitch.builder()
                        .sessionsPerSecond(100_000)
                        .callees(call -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(20)))
                        .start();
                TcpProxy proxy = new TcpProxy(simulated::port);
                EslClient client = new EslClient(settings(proxy.port()), group, Runnable::run, new Listener())) {
            client.start();
            await().atMost(Duration.ofSeconds(60)).until(client::isReady);
            proxy.garble(this::garbled);
            long before = usedHeap();
            long end = System.nanoTime() + Duration.ofSeconds(Site.size(8, 120)).toNanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                String uuid = new java.util.UUID(random.nextLong(), i).toString();
                client.bgapi(
                                "originate {origination_uuid=" + uuid + ",callout=callout}sofia/gateway/gw/" + i
                                        + " &echo()",
                                uuid,
                                Duration.ofSeconds(1))
                        .exceptionally(Throwable::toString);
                client.api("uuid_dump " + uuid + " json").exceptionally(Throwable::toString);
                TimeUnit.MILLISECONDS.sleep(2);
            }
            assertThat(client.reconnects()).as("connections that ended").isPositive();
            assertThat(events.get()).as("events").isPositive();
            assertThat(usedHeap() - before).as("more memory in use").isLessThan(64 << 20);

            proxy.garble(bytes -> bytes);
            client.reconnect();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreException(EslNotSentException.class)
                    .until(() -> client.api("global_getvar core_uuid")
                            .handle((text, fault) -> simulated.coreUuid().equals(text))
                            .get());
            assertThat(log.messages())
                    .as("faults that got past the connection")
                    .noneMatch(
                            message -> message.contains("unexpected error") || message.contains("the listener failed"));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static EslSettings settings(int port) {
        return new EslSettings(
                "sim",
                "127.0.0.1",
                port,
                new EslSettings.Account(null, "ClueCon"),
                new EslSettings.Limits(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        EslSettings.DEFAULT_MAX_FRAME_BYTES),
                new EslSettings.Subscription(
                        List.of("CHANNEL_CREATE", "CHANNEL_ANSWER", "CHANNEL_HANGUP_COMPLETE", "BACKGROUND_JOB"),
                        List.of()));
    }

    private byte[] garbled(byte[] bytes) {
        synchronized (random) {
            if (random.nextInt(6) > 0) {
                return bytes;
            }
            int at = random.nextInt(bytes.length);
            return switch (random.nextInt(5)) {
                case 0 -> flipped(bytes, at);
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 -> joined(bytes, Arrays.copyOfRange(bytes, at, bytes.length), bytes.length);
                case 3 ->
                    joined(bytes, LIES.get(random.nextInt(LIES.size())).getBytes(StandardCharsets.ISO_8859_1), at);
                default -> joined(bytes, noise(), at);
            };
        }
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) random.nextInt();
        return copy;
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] joined(byte[] bytes, byte[] inserted, int at) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, at);
        all.writeBytes(inserted);
        all.write(bytes, at, bytes.length - at);
        return all.toByteArray();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Reads all of every event, as a consumer might. */
    private final class Listener implements EslListener {

        @Override
        public void onReady(String coreUuid) {
            assertThat(coreUuid).isNotNull();
        }

        @Override
        public void onEvent(EslEvent event) {
            events.addAndGet(event.toMap().isEmpty() ? 0 : 1);
        }

        @Override
        public void onDown(String reason) {
            assertThat(reason).isNotBlank();
        }
    }
}
