package dev.callout.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Forwards connections of this machine to a server, until it is cut (then nobody listens at its port) or frozen. */
public final class Relay implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private volatile int serverPort;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;
    private boolean frozen;

    /** Starts to forward, from a free port. */
    public Relay(int serverPort) {
        this.serverPort = serverPort;
        listen(0);
        this.port = listening.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** Forwards new connections to another server. Existing ones stay as they are. */
    public void leadTo(int otherServerPort) {
        serverPort = otherServerPort;
    }

    /** Cuts all connections and accepts no more. */
    public synchronized void cut() {
        closeQuietly(listening);
        sockets.forEach(Relay::closeQuietly);
        sockets.clear();
    }

    /** Forwards again. */
    public synchronized void mend() {
        listen(port);
    }

    /**
     * Keeps and accepts connections, but forwards nothing until {@link #thaw()}: like a server that hangs, or a network
     * that swallows everything.
     */
    public synchronized void freeze() {
        frozen = true;
    }

    /** Forwards what has arrived in the meantime, and everything after it. */
    public synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    private synchronized void awaitThaw() throws InterruptedIOException {
        try {
            while (frozen) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private void listen(int on) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(LOOPBACK, on));
            listening = server;
            start(() -> accept(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket target = new Socket(LOOPBACK, serverPort);
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            synchronized (this) {
                if (server.isClosed()) {
                    closeQuietly(client);
                    closeQuietly(target);
                    return;
                }
                sockets.add(client);
                sockets.add(target);
            }
            start(() -> pump(client, target));
            start(() -> pump(target, client));
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitThaw();
                out.write(buffer, 0, read);
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException expected) {
                        // The connection is gone. This is what the test is about.
                        return;
                    }
                },
                "Relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cut();
        thaw();
    }

    private interface Work {
        void run() throws IOException;
    }
}
