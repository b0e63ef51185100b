package dev.callout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/** A Callout in a process of its own; what it writes goes to a file. Killed when closed. */
public final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The packaged program: {@code java -jar target/callout.jar ARGUMENTS}. */
    public static ChildProcess ofJar(Path output, String... arguments) throws IOException {
        Path jar = Path.of("target", "callout.jar").toAbsolutePath();
        assertThat(jar).as("made by mvn package").exists();
        return start(output, List.of("-jar", jar.toString()), arguments);
    }

    /** The program as it was compiled, on the class path of this test. */
    public static ChildProcess ofClasses(Path output, String... arguments) throws IOException {
        return ofClassPath(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), output, arguments);
    }

    /** The program by its class, on a class path as {@code java} takes it. */
    public static ChildProcess ofClassPath(String classPath, Path output, String... arguments) throws IOException {
        return start(output, List.of("-cp", classPath, "dev.callout.cli.Callout"), arguments);
    }

    private static ChildProcess start(Path output, List<String> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(program);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        return new ChildProcess(process, output);
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has written something that matches, and returns the pattern's first group. */
    public String await(Duration atMost, Pattern pattern) {
        Awaitility.await().atMost(atMost).untilAsserted(() -> assertThat(output()).containsPattern(pattern));
        Matcher matcher = pattern.matcher(output());
        return matcher.find() && matcher.groupCount() > 0 ? matcher.group(1) : "";
    }

    /** Tells it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it without a word (SIGKILL). */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Waits for its end and returns its exit code. */
    public int exitCode(Duration atMost) throws InterruptedException {
        assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)).as("ended within %s; it wrote:%n%s", atMost, output())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
