package dev.callout.esl.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A switch on a loopback socket that answers by a script: what a real one answers by default, and what a test lays down for
 * commands beginning with some words. Everything it was told is kept in order.
 */
public final class ScriptedSwitch implements AutoCloseable {

    public static final String PASSWORD = "s3cret-Passw0rd";
    public static final String USER = "dialler@switch.example";
    public static final String SILENCE = "";
    public static final String CORE = "f39bcca6-543c-4b7a-becf-0e0d55c7026c";

    private static final String NOTICE =
            frame("text/disconnect-notice", "Disconnected, goodbye.\nSee you at ClueCon!\n");

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Socket> sessions = new CopyOnWriteArrayList<>();
    /** Those that subscribe to events. */
    private final Set<Socket> listeners = ConcurrentHashMap.newKeySet();

    private final Map<String, String> script = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String greeting = "Content-Type: auth/request\n\n";
    private final Thread acceptor;
    private volatile boolean mute;
    private volatile CountDownLatch reading = new CountDownLatch(0);
    private volatile Predicate<Socket> stalled = session -> true;

    public ScriptedSwitch() throws IOException {
        // So that a switch that reads nothing is soon told nothing more.
        server.setReceiveBufferSize(16 * 1024);
        script.put("auth " + PASSWORD, reply("+OK accepted"));
        script.put(
                "userauth " + USER + ":" + PASSWORD,
                "Content-Type: command/reply\nReply-Text: +OK accepted\n"
                        + "Allowed-Events: all\nAllowed-API: all\nAllowed-LOG: true\n\n");
        script.put("userauth ", reply("-ERR invalid") + NOTICE);
        script.put("auth ", reply("-ERR invalid") + NOTICE);
        script.put("event ", reply("+OK event listener enabled json"));
        script.put("filter ", reply("+OK filter added."));
        script.put("api global_getvar core_uuid", frame("api/response", CORE));
        script.put("api uptime", frame("api/response", "7"));
        script.put("bgapi ", reply("+OK Job-UUID: x"));
        script.put("exit", reply("+OK bye") + NOTICE);
        acceptor = daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Answers commands beginning so with these bytes; the longest match counts. */
    public ScriptedSwitch on(String beginning, String bytes) {
        script.put(beginning, bytes);
        return this;
    }

    /** Says this to whoever connects, instead of auth/request. */
    ScriptedSwitch greet(String bytes) {
        greeting = bytes;
        return this;
    }

    /** From now on reads and never answers, as a peer behind a dead link. */
    void fallSilent() {
        mute = true;
    }

    void speakAgain() {
        mute = false;
    }

    /** From now on reads nothing, as a peer behind a network that is cut, until {@link #readOn}. */
    public void stall() {
        stall(session -> true);
    }

    /** The same only on sessions that subscribe to events, as a switch that is busy sending them. */
    public void stallListeners() {
        stall(listeners::contains);
    }

    /** The same only on sessions that do not subscribe to events. */
    public void stallOthers() {
        stall(session -> !listeners.contains(session));
    }

    private void stall(Predicate<Socket> which) {
        stalled = which;
        reading = new CountDownLatch(1);
    }

    public void readOn() {
        reading.countDown();
    }

    /** How many connections are open. */
    int sessions() {
        return sessions.size();
    }

    /** Sends this to all that subscribe to events. */
    public void send(String bytes) {
        listeners.forEach(session -> write(session, bytes));
    }

    /** Sends this to all that do not subscribe to events. */
    void tell(String bytes) {
        others().forEach(session -> write(session, bytes));
    }

    private Stream<Socket> others() {
        return sessions.stream().filter(session -> !listeners.contains(session));
    }

    public void dropConnections() {
        sessions.forEach(ScriptedSwitch::close);
    }

    void dropListeners() {
        listeners.forEach(ScriptedSwitch::close);
    }

    /** Ends the sessions that do not subscribe to events. */
    void dropOthers() {
        others().forEach(ScriptedSwitch::close);
    }

    /** Ends all connections by RST, as a process that is killed with commands unread. */
    void resetConnections() throws IOException {
        for (Socket session : sessions) {
            session.setSoLinger(true, 0);
            session.close();
        }
    }

    public List<String> told() {
        return List.copyOf(told);
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        readOn();
        try {
            // It may still take a connection that was made meanwhile.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropConnections();
    }

    public static String reply(String text) {
        return "Content-Type: command/reply\nReply-Text: " + text + "\n\n";
    }

    public static String frame(String type, String body) {
        return "Content-Type: " + type + "\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\n\n"
                + body;
    }

    public static String event(String json) {
        return frame("text/event-json", json);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket session = server.accept();
                sessions.add(session);
                connections.incrementAndGet();
                daemon(() -> serve(session));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket session) {
        try (session;
                InputStream in = session.getInputStream()) {
            write(session, greeting);
            StringBuilder command = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (stalled.test(session)) {
                    reading.await();
                }
                command.append((char) c);
                if (command.length() > 1 && command.toString().endsWith("\n\n")) {
                    answer(session, command.substring(0, command.length() - 2));
                    command.setLength(0);
                }
            }
        } catch (IOException closedByTheTest) {
            close(session);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sessions.remove(session);
            listeners.remove(session);
        }
    }

    private void answer(Socket session, String command) {
        told.add(command);
        if (command.startsWith("event ")) {
            listeners.add(session);
        }
        String beginning = script.keySet().stream()
                .filter(command::startsWith)
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElse(null);
        String answer = beginning != null
                ? script.get(beginning)
                : command.startsWith("api ")
                        ? frame("api/response", command.substring(4))
                        : reply("-ERR command not found");
        if (!mute) {
            write(session, answer);
        }
        if (command.equals("exit") || answer.contains("disconnect-notice")) {
            close(session);
        }
    }

    private static void write(Socket session, String bytes) {
        try {
            session.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            close(session);
        }
    }

    private static void close(Socket session) {
        try {
            session.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-switch");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
