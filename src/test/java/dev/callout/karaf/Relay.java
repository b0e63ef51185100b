package dev.callout.karaf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A port of 127.0.0.1 behind which a server is, as soon as the relay is made: so a server can come late to a port known before. */
final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final int target;

    Relay(int port, int target) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        daemon(this::acceptAll);
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            daemon(() -> pump(client, upstream));
            daemon(() -> pump(upstream, client));
        }
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (SocketException e) {
                // One side has closed, and so does the other.
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }
}
