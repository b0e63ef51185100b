package dev.callout.bench.site;

import dev.callout.cli.Callout;
import dev.callout.testbed.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of Callout in a separate process, as an operator starts it. Its output goes to a file. */
public final class JvmProcess implements AutoCloseable {

    private static final Duration POLITE = Duration.ofSeconds(20);

    private final ChildProcess process;
    private final Path log;

    private JvmProcess(ChildProcess process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process. It is killed when this JVM ends.
     *
     * @param jvmOptions  such as {@code -Xmx256m}
     * @param environment added to this process's environment
     * @param arguments   as on Callout's command line
     */
    public static JvmProcess start(
            Path log, List<String> jvmOptions, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), Callout.class.getName()));
        command.addAll(List.of(arguments));
        ChildProcess process = ChildProcess.start(command, environment, log);
        Runtime.getRuntime().addShutdownHook(new Thread(process::kill));
        return new JvmProcess(process, log);
    }

    long pid() {
        return process.pid();
    }

    /** Returns the processor time that it has used so far. */
    public Duration cpu() {
        return cpuOf(process.pid());
    }

    static Duration cpuOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(
                        () -> new IllegalStateException("Process " + pid + " has ended, or hides its processor time"));
    }

    /** Waits until it has printed a whole line that contains this text, and returns the rest of the line. */
    String awaitLine(String containing, Duration atMost) throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < atMost.toNanos()) {
            String text = process.output();
            int found = text.indexOf(containing);
            int end = text.indexOf('\n', Math.max(0, found));
            if (found >= 0 && end >= 0) {
                return text.substring(found + containing.length(), end);
            }
            requireAlive();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("'" + containing + "' does not appear in " + log);
    }

    /** @throws IllegalStateException if it has ended */
    public void requireAlive() {
        if (!isAlive()) {
            throw new IllegalStateException("A process has ended, see " + log);
        }
    }

    private boolean isAlive() {
        return ProcessHandle.of(process.pid()).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Waits until it ends by itself. */
    public void awaitEnd() {
        ProcessHandle.of(process.pid()).ifPresent(handle -> handle.onExit().join());
    }

    /** Ends it like a crash. */
    public void kill() {
        process.kill();
    }

    /** Ends it by SIGTERM, or kills it if that does not help within 20 s. */
    @Override
    public void close() {
        process.terminate();
        ProcessHandle.of(process.pid()).ifPresent(handle -> handle.onExit()
                .completeOnTimeout(null, POLITE.toMillis(), TimeUnit.MILLISECONDS)
                .join());
        process.kill();
    }
}
