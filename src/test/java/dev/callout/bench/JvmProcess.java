package dev.callout.bench;

import dev.callout.cli.Callout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A command of Callout in a separate process, as an operator starts it. Its output goes to a file. */
final class JvmProcess implements AutoCloseable {

    private static final Duration POLITE = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private JvmProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param jvmOptions  such as {@code -Xmx256m}
     * @param environment added to this process's environment
     * @param arguments   as on Callout's command line
     */
    static JvmProcess start(Path log, List<String> jvmOptions, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), Callout.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new JvmProcess(process, log);
    }

    long pid() {
        return process.pid();
    }

    Duration cpu() {
        return cpuOf(process.pid());
    }

    /** Returns the processor time that a process has used so far. */
    static Duration cpuOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(
                        () -> new IllegalStateException("Process " + pid + " has ended, or hides its processor time"));
    }

    /** Waits until it has printed a whole line that contains this text, and returns the line. */
    String awaitLine(String containing, Duration atMost) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < atMost.toNanos()) {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            Optional<String> found = text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> line.contains(containing))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            requireAlive();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException("'" + containing + "' does not appear in " + log);
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("A process has ended with " + process.exitValue() + ", see " + log);
        }
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends it like a crash. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it by SIGTERM, or kills it if that does not help. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(POLITE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
