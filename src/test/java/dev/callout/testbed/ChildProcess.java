package dev.callout.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A process of a test, mostly a Callout. Its output goes to a file. Closing it kills it. */
public final class ChildProcess implements AutoCloseable {

    private static final String MAIN = "dev.callout.cli.Callout";

    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the packaged program: {@code java -jar target/callout.jar ARGUMENTS}. */
    public static ChildProcess ofJar(Path output, String... arguments) {
        Path jar = Path.of("target", "callout.jar").toAbsolutePath();
        assertThat(jar).as("made by mvn package").exists();
        return java(output, Map.of(), List.of("-jar", jar.toString()), arguments);
    }

    /**
     * Starts the compiled program on the class path of this test, which is fast.
     *
     * @param logging the configuration of its log: a file, or a resource of the class path
     */
    public static ChildProcess ofClasses(Path output, String logging, String... arguments) {
        return ofClasses(output, logging, Map.of(), arguments);
    }

    /** The same with additional environment variables. */
    public static ChildProcess ofClasses(
            Path output, String logging, Map<String, String> environment, String... arguments) {
        return java(
                output,
                environment,
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + logging,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        MAIN),
                arguments);
    }

    /** Starts the program by its class, on a class path as {@code java} accepts it. */
    public static ChildProcess ofClassPath(String classPath, Path output, String... arguments) {
        return java(output, Map.of(), List.of("-cp", classPath, MAIN), arguments);
    }

    private static ChildProcess java(
            Path output, Map<String, String> environment, List<String> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(program);
        command.addAll(List.of(arguments));
        return start(command, environment, output);
    }

    /**
     * Starts any other program.
     *
     * @param environment added to this process's environment
     * @param output      its present content stays
     */
    public static ChildProcess start(List<String> command, Map<String, String> environment, Path output) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Returns its output so far. The last character may be incomplete. */
    public String output() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until its output matches, and returns the pattern's first group. */
    public String await(Duration atMost, Pattern pattern) {
        Awaitility.await().atMost(atMost).untilAsserted(() -> assertThat(output())
                .containsPattern(pattern));
        Matcher matcher = pattern.matcher(output());
        return matcher.find() && matcher.groupCount() > 0 ? matcher.group(1) : "";
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Kills it (SIGKILL). */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Freezes it (SIGSTOP). Its sockets stay open. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it continue (SIGCONT), as if no time had passed. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor())
                    .as("exit code of kill -%s", name)
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end and returns its exit code. */
    public int exitCode(Duration atMost) throws InterruptedException {
        assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s; it wrote:%n%s", atMost, output())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
