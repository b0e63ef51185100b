package dev.callout.chaos.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/** Stands between a dialler and the switch, and does to their connections what networks do. */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket server;
    private final IntSupplier target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ByteArrayOutputStream commands = new ByteArrayOutputStream();
    private volatile boolean recording;
    private volatile UnaryOperator<byte[]> garbling = UnaryOperator.identity();

    /** What happens to the bytes of a connection. */
    private enum Flow {
        PASS,
        /** They vanish, in both directions, and neither side is told: a half-open connection. */
        VANISH,
        /** Bytes from the switch are not read. */
        STALL
    }

    /** @param target the port of 127.0.0.1 that connections are forwarded to */
    public TcpProxy(IntSupplier target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("accept", this::acceptForEver);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Returns how many connections there have been. */
    public int accepted() {
        return accepted.get();
    }

    /** Changes, from now on, what comes from the switch. */
    public void garble(UnaryOperator<byte[]> change) {
        garbling = change;
    }

    /**
     * Records, from now on, everything that is sent to the switch, also what does not reach it because it has just gone.
     */
    public void record() {
        recording = true;
    }

    /** Returns what was sent to the switch since {@link #record()}, byte by byte. */
    public byte[] recorded() {
        synchronized (commands) {
            return commands.toByteArray();
        }
    }

    /** Ends all connections with RST. */
    public void reset() {
        links.forEach(Link::reset);
    }

    /** Makes all bytes of the present connections vanish. New connections work. */
    public void vanish() {
        links.forEach(link -> link.flow = Flow.VANISH);
    }

    /** Stops reading from the switch on the present connections, so that its buffers fill up. New ones work. */
    public void stall() {
        links.forEach(link -> link.flow = Flow.STALL);
    }

    private void record(byte[] bytes, int length) {
        if (recording && length > 0) {
            synchronized (commands) {
                commands.write(bytes, 0, length);
            }
        }
    }

    private void acceptForEver() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket();
                try {
                    upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()), 1000);
                } catch (IOException e) {
                    resetOne(client);
                    continue;
                }
                Link link = new Link(client, upstream);
                links.add(link);
                accepted.incrementAndGet();
                daemon("up", () -> link.pump(client, upstream, false));
                daemon("down", () -> link.pump(upstream, client, true));
            } catch (IOException e) {
                // The proxy was closed, or the client did not wait: there is nothing to forward.
            }
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void resetOne(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (SocketException e) {
            // The other thread of the connection was faster.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        reset();
    }

    /** One connection. */
    private final class Link {

        private final Socket client;
        private final Socket upstream;
        private volatile Flow flow = Flow.PASS;

        private Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        private void pump(Socket from, Socket to, boolean fromSwitch) {
            byte[] buffer = new byte[16_384];
            boolean gone = false;
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (!fromSwitch) {
                        record(buffer, n);
                    }
                    if (flow == Flow.PASS || flow == Flow.STALL && !fromSwitch) {
                        byte[] bytes = Arrays.copyOf(buffer, n);
                        out.write(fromSwitch ? garbling.apply(bytes) : bytes);
                        out.flush();
                    } else if (flow == Flow.STALL) {
                        return;
                    }
                }
            } catch (IOException e) {
                // One side has gone. The other one is closed below.
                gone = true;
            }
            if (flow == Flow.PASS || !fromSwitch || gone) {
                recordUnread();
                reset();
            }
        }

        /** What the dialler sent before it could know that the switch has gone. */
        private void recordUnread() {
            byte[] buffer = new byte[16_384];
            try {
                InputStream in = client.getInputStream();
                while (in.available() > 0) {
                    record(buffer, in.read(buffer));
                }
            } catch (IOException e) {
                // The dialler has gone, or the other thread has reset the connection.
                return;
            }
        }

        private void reset() {
            resetOne(client);
            resetOne(upstream);
            links.remove(this);
        }
    }
}
