package dev.callout.simulator;

import dev.callout.esl.wire.Captures;
import dev.callout.esl.wire.EslEvent;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A listener of few lines, so that these tests depend on no client's ideas: every frame it got, in order. */
final class RawListener implements AutoCloseable {

    /** One message: its header lines and its body, empty if it has none. */
    record Frame(Map<String, String> headers, byte[] body) {

        String type() {
            return headers.getOrDefault("Content-Type", "");
        }

        String replyText() {
            return headers.get("Reply-Text");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The event in it; null if it is something else. */
        EslEvent event() {
            return Captures.event(type(), body);
        }
    }

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Socket socket = new Socket();
    private final List<Frame> frames = new ArrayList<>();
    private boolean ended;

    RawListener(int port) {
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
            socket.setTcpNoDelay(true);
            Thread reader = new Thread(this::readAll, "raw-listener");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connected, logged in and subscribed. */
    static RawListener to(SimulatedSwitch fs, String events) {
        RawListener listener = new RawListener(fs.port());
        listener.send("auth ClueCon\n\nevent " + events);
        listener.await(frame -> "+OK event listener enabled json".equals(frame.replyText())
                || "+OK event listener enabled plain".equals(frame.replyText()));
        return listener;
    }

    void send(String command) {
        try {
            socket.getOutputStream().write((command + "\n\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command whose reply is the next one to come, and answers that. */
    String api(String command) {
        long before = count("api/response");
        send("api " + command);
        awaitUntil(() -> count("api/response") > before, "a reply to " + command);
        return frames().stream()
                .filter(frame -> frame.type().equals("api/response"))
                .skip(before)
                .findFirst()
                .orElseThrow()
                .text();
    }

    private synchronized long count(String type) {
        return frames.stream().filter(frame -> frame.type().equals(type)).count();
    }

    synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** The events so far, HEARTBEAT left out. */
    List<EslEvent> events() {
        return frames().stream()
                .map(Frame::event)
                .filter(event -> event != null && !event.name().equals("HEARTBEAT"))
                .toList();
    }

    List<String> eventNames() {
        return events().stream().map(EslEvent::name).toList();
    }

    Frame await(Predicate<Frame> wanted) {
        awaitUntil(() -> frames().stream().anyMatch(wanted), "a frame");
        return frames().stream().filter(wanted).findFirst().orElseThrow();
    }

    EslEvent awaitEvent(String name) {
        return await(frame -> frame.event() != null && frame.event().name().equals(name))
                .event();
    }

    void awaitEvents(String name, int number) {
        awaitUntil(() -> eventNames().stream().filter(name::equals).count() >= number, number + " " + name);
    }

    void awaitEnd() {
        awaitUntil(() -> ended, "the end of the connection");
    }

    private synchronized void awaitUntil(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("Waited in vain for " + what + "; got " + eventNames() + " in " + frames.size()
                        + " frames, the last "
                        + (frames.isEmpty()
                                ? "none"
                                : frames.get(frames.size() - 1).headers()));
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void readAll() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16)) {
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(in); line != null; line = line(in)) {
                int colon = line.indexOf(": ");
                if (!line.isEmpty()) {
                    headers.put(line.substring(0, colon), line.substring(colon + 2));
                } else if (!headers.isEmpty()) {
                    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
                    synchronized (this) {
                        frames.add(new Frame(headers, body));
                        notifyAll();
                    }
                    headers = new LinkedHashMap<>();
                }
            }
        } catch (IOException e) {
            // The connection was reset: what some tests wait for.
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
        }
        return null;
    }

    /** Waits a while and answers whether nothing came in it. */
    boolean quietFor(Duration time) {
        int before = frames().size();
        try {
            synchronized (this) {
                TimeUnit.NANOSECONDS.timedWait(this, time.toNanos());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return frames().size() == before;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
