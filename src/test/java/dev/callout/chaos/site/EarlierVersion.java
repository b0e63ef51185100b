package dev.callout.chaos.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The program before tables had UTC instants beside the local ones, built from this repository's history with the
 * present libraries.
 */
public final class EarlierVersion {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private EarlierVersion() {}

    /** Returns its commit; null if the history does not reach back that far. */
    public static String commit() throws Exception {
        List<String> added = git(
                        "log",
                        "--format=%H",
                        "-S",
                        "callout_due",
                        "--",
                        "src/main/resources/sql/schema/campaign_phones.sql")
                .lines()
                .toList();
        if (added.isEmpty()) {
            return null;
        }
        String before = git("rev-parse", "--verify", "--quiet", added.get(added.size() - 1) + "^")
                .strip();
        return before.isEmpty() ? null : before;
    }

    /** Builds it. Returns a class path as {@code java} accepts it. */
    public static String classPath(String commit) throws Exception {
        Path folder = Files.createDirectories(TARGET.resolve("earlier-version"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        run(List.of(
                "sh",
                "-c",
                "git archive " + commit + " src/main src/generated routes config | tar -x -C '" + folder + "'"));
        String libraries = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .filter(entry -> !isOurs(Path.of(entry).toAbsolutePath()))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-nowarn", "-parameters", "-d", classes.toString(), "-cp", libraries));
        try (Stream<Path> sources = Files.walk(folder.resolve("src"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("exit code of the compiler")
                .isZero();
        run(List.of(
                "sh",
                "-c",
                "cd '" + folder + "' && cp -r src/main/resources/. src/generated/resources/. classes/"
                        + " && cp -r routes classes/"));
        return classes + File.pathSeparator + libraries;
    }

    private static boolean isOurs(Path entry) {
        return entry.equals(TARGET.resolve("classes"))
                || entry.equals(TARGET.resolve("test-classes"))
                || entry.equals(TARGET.resolve("callout.jar"));
    }

    private static String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output : "";
        } catch (IOException e) {
            // This machine has no git, so there is no history to build from.
            return "";
        }
    }

    private static void run(List<String> command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as("exit code of %s", command)
                .isZero();
    }
}
